"""Go through the fields of a text with a person, and store what they decide."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from safepassage.base.errors import Fault, InputError
from safepassage.base.signs import without_controls
from safepassage.declaration import read_file
from safepassage.declaration.review import (
    accepted,
    apply_review,
    blanked,
    corrected,
    review_of,
    review_path,
    save_review,
    stated_fields,
)
from safepassage.declaration.values import FIELDS, HOW_TO_WRITE, value_at
from safepassage.declaration.wording import LABELS, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepassage.declaration import Declaration
    from safepassage.declaration.review import Decision, Review

__all__ = ["Asked", "run_review"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what ``read`` was asked to store: by a person at the screen, or by options."""

    review: bool = False
    accept_all: bool = False
    sets: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    by: str | None = None

    @property
    def by_options(self) -> bool:
        """Tell whether the decisions themselves stand in the options."""
        return self.accept_all or bool(self.sets) or bool(self.blanks)

    @property
    def anything(self) -> bool:
        """Tell whether there is anything to review."""
        return self.review or self.by_options or self.by is not None


def run_review(files: Sequence[str], asked: Asked) -> None:
    """Store decisions about the fields of texts, each beside its text.

    Raises
    ------
    InputError
        If a decision is none, or there is nobody to ask.
    KeyboardInterrupt
        At Ctrl-C, saying what is stored.

    """
    if any(name == "-" for name in files):
        raise InputError.one(
            "-", "cannot be reviewed: decisions are kept beside a file", "Save the text first."
        )
    paths = [Path(name) for name in files]
    if asked.by_options:
        _by_options(paths, asked)
    elif not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InputError.one(
            "--review", "needs a terminal to ask at",
            "Decide by --accept-all, --set FIELD=VALUE or --blank FIELD, each with --by ROLE.",
        )  # fmt: skip
    else:
        for path in paths:
            _Session(path, asked.by).run()


def _by_options(paths: list[Path], asked: Asked) -> None:
    if asked.by is None:
        raise InputError.one("--by", "is missing", "Name a role or initials: --by ROLE.")
    if (asked.sets or asked.blanks) and len(paths) > 1:
        raise InputError.one(
            "--set, --blank", "are about one text, and several are named", "Name one text."
        )
    reviews = [(path, _decided(path, asked, asked.by)) for path in paths]
    for path, review in reviews:  # only once every decision holds
        save_review(path, review)


def _decided(path: Path, asked: Asked, by: str) -> Review:
    declaration = read_file(path, with_review=False)
    review = review_of(declaration, path)
    known = apply_review(declaration, review) if review.decisions else declaration
    faults: list[Fault] = []
    decided: list[Decision] = []
    named = [each.partition("=")[0].strip() for each in asked.sets] + list(asked.blanks)
    faults += [
        Fault(field, "is decided on twice", "Decide once on each field.")
        for field in dict.fromkeys(named)
        if named.count(field) > 1
    ]
    tries: list[Callable[[], Decision]] = []
    if asked.accept_all:
        left = [field for field in stated_fields(known) if field not in named]
        tries += [_accepting(known, field, by) for field in left]
    for each in asked.sets:
        field, sign, value = each.partition("=")
        if not sign:
            faults.append(Fault("--set", f"is not FIELD=VALUE ({each[:60]!r})", "Write both."))
        else:
            tries.append(_correcting(known, field.strip(), value, by))
    tries += [_blanking(known, field, by) for field in asked.blanks]
    for decide in tries:
        try:
            decided.append(decide())
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    for decision in decided:
        review = review.with_decision(decision)
    return review


def _accepting(declaration: Declaration, field: str, by: str) -> Callable[[], Decision]:
    return lambda: accepted(declaration, field, by=by)


def _correcting(
    declaration: Declaration, field: str, value: str, by: str
) -> Callable[[], Decision]:
    return lambda: corrected(declaration, field, value, by=by)


def _blanking(declaration: Declaration, field: str, by: str) -> Callable[[], Decision]:
    return lambda: blanked(declaration, field, by=by)


_CONTEXT = 240
"""Characters of the text shown before and after a field's words."""
_KEYS = "Enter accepts, c corrects, b blanks, s skips, q ends"


class _Session:
    """Ask one person about one text; what they decide is stored at once."""

    def __init__(self, path: Path, by: str | None) -> None:
        self.path, self.by = path, by or ""
        self.console = Console(highlight=False, stderr=True)
        self.declaration = read_file(path, with_review=False)
        self.review = review_of(self.declaration, path)
        self.stored = 0

    def run(self) -> None:
        """Ask about each field that the text states, then about those it leaves unknown."""
        try:
            self._ask_all()
        except (KeyboardInterrupt, EOFError):
            raise KeyboardInterrupt(self._what_stands()) from None
        self.console.print(f"\n{self._what_stands().capitalize()}.", soft_wrap=True)

    def _what_stands(self) -> str:
        if not self.stored:
            return "nothing new was stored"
        plural = "decision is" if self.stored == 1 else "decisions are"
        return f"{self.stored} {plural} stored in {review_path(self.path)}"

    def _ask_all(self) -> None:
        before = self.review.standing()
        stated = [field for field in stated_fields(self.declaration) if field not in before]
        self.console.print(Text(f"{self.path.name}: {len(stated)} fields to look at", "bold"))
        if before:
            self.console.print(
                f"{len(before)} were decided before and stay so; change one with --set or --blank."
            )
        while not self.by.strip():
            self.by = self._answer("Who decides? A role or initials")
        for number, field in enumerate(stated, start=1):
            self._show(field, f"{number} of {len(stated)}")
            if not self._ask(field):
                return
        self._ask_unknown()

    def _show(self, field: str, count: str) -> None:
        """Show a field's words, highlighted in the text around them, and what was read."""
        self.console.print()
        words = _in_context(self.declaration, field)
        if words is not None:
            self.console.print(Panel(words, title=f"{LABELS.get(field, field)}, {count}",
                                     title_align="left"))  # fmt: skip
        value = _written(self.declaration, field)
        self.console.print(Text.assemble((f"{field}: ", "bold"), without_controls(value)))

    def _ask(self, field: str) -> bool:
        """Ask about one field until there is a decision; tell whether to go on."""
        while True:
            answer = self._answer(_KEYS).lower()
            if answer in {"", "a"}:
                self._store(accepted(self.declaration, field, by=self.by))
            elif answer == "b":
                self._store(blanked(self.declaration, field, by=self.by))
            elif answer == "c":
                if not self._correct(field):
                    continue
            elif answer == "q":
                return False
            elif answer != "s":
                continue
            return True

    def _correct(self, field: str) -> bool:
        """Ask for a value until it is one, or for none; tell whether one was stored."""
        self.console.print(f"Write {HOW_TO_WRITE[field]}. Enter alone goes back.")
        while text := self._answer(field).strip():
            try:
                self._store(corrected(self.declaration, field, text, by=self.by))
            except InputError as error:
                self.console.print(Text(str(error.faults[0]), "red"))
            else:
                return True
        return False

    def _ask_unknown(self) -> None:
        standing = self.review.standing()
        unknown = [
            field
            for field in FIELDS
            if field not in standing and value_at(self.declaration, field) is None
        ]
        self.console.print(Text(f"\nNot stated: {', '.join(unknown)}.", "yellow"))
        while field := self._answer("A field that you know, or Enter to end").strip():
            if field in unknown:
                self._correct(field)
            else:
                self.console.print("That is none of these.")

    def _store(self, decision: Decision) -> None:
        self.review = self.review.with_decision(decision)
        save_review(self.path, self.review)
        self.stored += 1

    def _answer(self, question: str) -> str:
        return self.console.input(Text(f"{question}: ", "cyan"))


def _written(declaration: Declaration, field: str) -> str:
    value = value_at(declaration, field)
    return told(field, value) or str(value)


def _in_context(declaration: Declaration, field: str) -> Text | None:
    """Give the text around a field's words, these reversed."""
    spans = [
        (each.start, each.end)
        for key, each in declaration.evidence.items()
        if (key == field or key.startswith(f"{field}.")) and each.quote
    ]
    if not spans:
        return None
    start = max(0, min(first for first, _ in spans) - _CONTEXT)
    end = min(len(declaration.text), max(last for _, last in spans) + _CONTEXT)
    shown = Text(without_controls(declaration.text[start:end]))
    for first, last in spans:
        shown.stylize("reverse", first - start, last - start)
    return shown
