"""Write the tables of docs/precedents.md anew, from the codebook and the precedents.

python tools/precedents_page.py
"""

from __future__ import annotations

from pathlib import Path

from pages import between_marks, table

from safepassage.forecast.codebook import COLUMNS, NEEDED
from safepassage.forecast.precedents import load_precedents
from safepassage.forecast.precedents_document import precedents_document, share_words

PAGE = Path(__file__).resolve().parents[1] / "docs" / "precedents.md"


def codebook() -> str:
    """Write the table of columns."""
    return table(
        ("column", "a cell holds", "meaning"),
        *(
            (f"`{each.name}`", each.holds + ("; needed" if each.name in NEEDED else ""),
             each.meaning)
            for each in COLUMNS
        ),
    )  # fmt: skip


def cases() -> str:
    """Write the table of precedents that ship with the package, in the order of their days."""
    precedents = load_precedents()
    document = precedents_document(precedents, tuple(precedents), {})
    rows = sorted(document["precedents"], key=lambda each: each["start"])
    return table(
        ("precedent", "place", "from", "kind", "consent", "escort", "share that left", "pooled"),
        *(
            (f"`{each['id']}`", each["place"], each["start"][:10], each["kind"],
             each["conditions"]["consent"] or "not known",
             each["conditions"]["escort"] or "not known",
             share_words(each["share"]) if each["share"] else f"none: {each['no_share']}"
             if each["no_share"] else "not known",
             "yes" if each["pooled"] else "no")
            for each in rows
        ),
    )  # fmt: skip


def page(text: str) -> str:
    """Put both tables between their marks."""
    return between_marks(text, {"codebook": codebook, "cases": cases})


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
