"""Write a record as files: JSON, tables, one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.publish.record_page import record_html
from safepassage.publish.record_tables import record_tables
from safepassage.publish.redaction import redacted
from safepassage.publish.tables import plan_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from safepassage.publish.redaction import Level

__all__ = ["make_record"]


def make_record(
    document: Mapping[str, Any], *, level: Level = "internal", now: datetime,
    languages: Sequence[str] = ("en",),
) -> dict[str, str]:  # fmt: skip
    """Write a record for these readers: all files are made of what they may see, and nothing else.

    Parameters
    ----------
    document
        The record, for those inside.
    level
        Who reads it.
    now
        The clock, aware.
    languages
        Of the page: ``record.html`` is English, ``record.ar.html`` Arabic.

    Returns
    -------
    File name → content, ``record.json`` first.

    Raises
    ------
    InputError
        If it is too fresh for these readers.

    """
    seen = redacted(document, level, now=now)
    pages = {
        "record.html" if each == "en" else f"record.{each}.html": record_html(seen, language=each)
        for each in dict.fromkeys(languages)
    }
    return {"record.json": plan_json(seen), **record_tables(seen), **pages}
