"""Hold what was found: a value, the words it came from, and how sure the reader is.

Confidence is a level, not a frequency; the levels are assumptions of ours, and only
their order carries meaning:

========  =====================================================================
0.95      stated in so many words
0.8       stated, with one inference a reader would make at once (a weekday
          counted from the dateline, a bare "the ministry" told by its context)
0.6       derived: a sum, a date carried over from another sentence, a
          statement's date taken from its dateline
0.4       a weak reading, given because nothing speaks against it
========  =====================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from safepassage.declaration.model import Evidence

if TYPE_CHECKING:
    from safepassage.declaration.text import Text

__all__ = ["DERIVED", "RESOLVED", "STATED", "WEAK", "Finding", "evidence_of", "short_quote"]

STATED = 0.95
RESOLVED = 0.8
DERIVED = 0.6
WEAK = 0.4

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Finding(Generic[Value_co]):
    """Hold a value with the offsets of its words in the text's ``plain``."""

    value: Value_co
    start: int
    end: int
    confidence: float = STATED


def short_quote(words: str, most: int = 240) -> str:
    """Quote words for a remark, cut where they are long."""
    return f"“{words}”" if len(words) <= most else f"“{words[:most].rstrip()} …”"


def evidence_of(finding: Finding[object], text: Text) -> Evidence:
    """Quote the words of a finding."""
    start, end = text.original(finding.start, finding.end)
    return Evidence(quote=text.raw[start:end], start=start, end=end, confidence=finding.confidence)
