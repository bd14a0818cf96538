"""Forecast: who is likely to come, and what happens if a pause collapses."""
