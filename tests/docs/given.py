"""Put down what pages take for granted: the texts, ledgers and cases that a reader has."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from cli.test_alert import AGREED
from docs.papers import blocks
from ledger.ledgers import NOW, events
from plan.towns import line_town
from safepassage.cli import main
from safepassage.ledger.opening import make_ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["stands_for"]

PAST = AGREED.replace("2090-11-04", "2016-11-04")
"""A case that every side agreed to in its own words, once its hours are over."""

_BOTH = ("russian-defence-ministry", "syrian-general-staff")


def stands_for(page: str, folder: Path) -> dict[str, Callable[[], str]]:
    """Put a page's things into the folder; give what its words in capitals stand for."""
    name = page.removeprefix("docs/")
    if name in _PREPARED:
        _PREPARED[name](folder)
    line_town(folder / "a-town", PAST if name == "record.md" else AGREED)
    return {
        "CASE": lambda: "a-town", "FOLDER": lambda: "a-town", "PLAN": lambda: _plan(folder),
        "NAME": lambda: _draft(folder),
        "KEY-A": lambda: _public(folder / "a.key"), "KEY-B": lambda: _public(folder / "b.key"),
        "EVENT": lambda: str(events(1)[0].id),
    }  # fmt: skip


def _plan(folder: Path) -> str:
    if not (folder / "planned").exists():
        assert main(["plan", "a-town", "--to", "planned"]) == 0
    return "planned"


def _draft(folder: Path) -> str:
    """Name the first draft of an alert that there is."""
    return min(folder.rglob("drafts/*.xml"), key=lambda path: path.stat().st_mtime_ns).stem


def _public(path: Path) -> str:
    key = load_pem_private_key(path.read_bytes(), password=None)
    return key.public_key().public_bytes_raw().hex()


def _texts(folder: Path) -> None:
    home = files("safepassage.case") / "builtin" / "aleppo-2016-11-04" / "announcements"
    one, other = ((home / f"{name}.txt").read_bytes() for name in _BOTH)
    for name in ("one", "statement", "statement-of-one-side", "announcement"):
        (folder / f"{name}.txt").write_bytes(one)
    for name in ("other", "statement-of-the-other", "extension"):
        (folder / f"{name}.txt").write_bytes(other)
    (folder / "report.html").write_bytes(b"<html><body><p>" + other + b"</p></body></html>")


def _ledger(folder: Path, *, exercise: bool = False) -> None:
    with make_ledger(str(folder / "pause.ledger"), exercise=exercise):
        pass


def _keys_and_counts(folder: Path) -> None:
    assert main(["ledger", "key", "b.key"]) == 0
    with make_ledger("other.ledger") as ledger:
        ledger.append(events(3), now=NOW)
    assert main(["ledger", "export", "other.ledger", "--to", "counts.csv"]) == 0


def _pauses(folder: Path) -> None:
    (content,) = blocks("precedents.md", "csv", "our-pauses.csv")
    (folder / "our-pauses.csv").write_text(content, encoding="utf-8")


def _planned(folder: Path) -> None:
    _ledger(folder)
    assert main(["plan", "aleppo-2016-11-04", "--to", "safepassage-aleppo-2016-11-04"]) == 0


_PREPARED: dict[str, Callable[[Path], None]] = {
    "declaration.md": _texts, "readiness.md": _texts, "reading.md": _texts,
    "ledger.md": _keys_and_counts, "precedents.md": _pauses, "record.md": _ledger,
    "movement-notification.md": partial(_ledger, exercise=True), "reports.md": _ledger,
    "situation.md": _planned,
}  # fmt: skip
