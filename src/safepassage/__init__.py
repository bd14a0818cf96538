"""Turn the announcement of a humanitarian ceasefire into a plan that gets people out."""

__version__ = "0.1.0"
