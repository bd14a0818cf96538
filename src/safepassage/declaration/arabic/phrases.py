"""Hold Arabic words and phrases with the English that the rules know them by."""

from __future__ import annotations

__all__ = ["PHRASES"]

PHRASES = """
أعلنت|اعلن|تعلن = announced
وزارة الدفاع الروسية = Russian Defence Ministry
هدنة إنسانية = humanitarian pause
في = in
حلب = Aleppo
من = from
الساعة =
حتى|إلى = until
"""
