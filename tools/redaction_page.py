"""Write the tables of docs/redaction.md anew, from the table that the program obeys.

python tools/redaction_page.py
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pages import between_marks, table

from safepassage.publish.redaction import policy

PAGE = Path(__file__).resolve().parents[1] / "docs" / "redaction.md"
HEAD = ("field", "public", "partners", "why")


def rows_of(document: str) -> str:
    """Write the table of one kind of document."""
    return table(
        HEAD,
        *(
            (f"`{row.field}`", row.public, row.partners, row.why)
            for row in policy() if row.document == document
        ),
    )  # fmt: skip


def page(text: str) -> str:
    """Put each document's table between its marks."""
    names = dict.fromkeys(row.document for row in policy())
    return between_marks(
        text, {"all" if name == "*" else name: partial(rows_of, name) for name in names}
    )


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
