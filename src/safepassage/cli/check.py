"""Run the command ``check``: what must be known before people walk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safepassage.base.errors import Fault, InputError
from safepassage.base.signs import all_without_controls
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import print_json, shown, tell_pages, telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.base.progress import Progress
    from safepassage.declaration import Declaration
    from safepassage.plan.readiness import Readiness

__all__ = ["run_check"]


def run_check(cases: tuple[str, ...], *, to: str | None, city: str | None, as_json: bool) -> None:
    """Check a case or texts, write the checklist where asked, and tell the result."""
    if not cases:
        raise InputError.one("check", "needs a case or a text", "Name one; - reads a text.")
    refuse_odd_names(*(("the case", case) for case in cases), ("--to", to), ("--city", city))
    options = [
        Fault(name, "is no option of check", "For a file of that name, write ./ before it.")
        for name in cases
        if name.startswith("-") and name != "-"
    ]
    if options:
        raise InputError(options)
    with shown() as progress:
        document = _checked(cases, city, progress).as_json()
        written: list[Path] = []
        if to is not None:
            from safepassage.publish.checklist import write_checklist  # noqa: PLC0415

            progress("Writing the checklist")
            written = write_checklist(document, Path(to))
    with telling(written):
        if as_json:
            print_json(document)
        else:
            _show(all_without_controls(document), written)


def _checked(cases: tuple[str, ...], city: str | None, progress: Progress) -> Readiness:
    from safepassage.plan.readiness import check_readiness, check_texts  # noqa: PLC0415

    if len(cases) == 1 and not _is_text(cases[0]):
        if city is not None:
            raise InputError.one(
                "--city", "is for announcements in text files, and this is a case",
                "Set it in case.toml instead.",
            )  # fmt: skip
        return check_readiness(cases[0], progress=progress)
    no_texts = [Fault(name, "is no text file", "Check one case, or texts about one pause.")
                for name in cases if not _is_text(name)]  # fmt: skip
    if no_texts:
        raise InputError(no_texts)
    progress("Reading the announcement")
    return check_texts(_read(cases), city=city, progress=progress)


def _is_text(name: str) -> bool:
    path = Path(name)
    try:
        return name == "-" or (path.suffix != ".toml" and path.is_file())
    except (OSError, ValueError):  # such as a name too long, or one with a zero byte
        return False


def _read(names: tuple[str, ...]) -> list[Declaration]:
    """Read texts; one of several may call the pause off."""
    from safepassage.cli.commands import standard_input  # noqa: PLC0415
    from safepassage.declaration import read, read_file  # noqa: PLC0415
    from safepassage.declaration.reader import CalledOff  # noqa: PLC0415

    found = []
    for name in names:
        try:
            if name == "-":
                found.append(read(standard_input(), name="standard input"))
            else:
                found.append(read_file(Path(name)))
        except CalledOff as off:
            if len(names) == 1:
                raise
            found.append(off.declaration)
    return found


_STYLES = {"disputed": "bold reverse", "open": "bold yellow", "partly": "cyan", "settled": "green"}
_PARTS = ((1, "Settle first"), (2, "Then"), (3, "And"))


def _show(document: dict[str, Any], written: Sequence[Path]) -> None:
    """Show what is known of every question, on one screen; what nobody states in one line."""
    console = Console(highlight=False)
    counts = document["counts"]
    console.print(Text(f"{document['case']['title']}: readiness", style="bold"))
    told = ", ".join(f"{number} {status}" for status, number in counts.items())
    console.print(Text(f"{sum(counts.values())} questions: {told}."))
    for review in document["reviews"]:
        console.print(Text(review["told"], style="yellow"))
    console.print()
    for gravity, title in _PARTS:
        _show_part(
            console, title,
            [q for q in document["questions"]
             if q["gravity"] == gravity and q["status"] != "settled"],
        )  # fmt: skip
    _show_part(console, "Settled", [q for q in document["questions"] if q["status"] == "settled"])
    console.print(Text(document["note"], style="italic"))
    tell_pages(console, "Open the checklist", [p for p in written if p.suffix == ".html"])
    if not written:
        console.print(Text("One page to print: add --to FOLDER.", style="dim"))


def _show_part(console: Console, title: str, questions: list[dict[str, Any]]) -> None:
    if not questions:
        return
    console.print(Text(title, style="bold underline"))
    answered = [each for each in questions if each["basis"] != "nobody"]
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True, min_width=8)
    table.add_column(ratio=1)
    for each in answered:
        body = Text(each["topic"], style="bold")
        body.append(f": {each['answer']}", style="not bold")
        table.add_row(Text(each["status"], style=_STYLES[each["status"]]), body)
    if answered:
        console.print(Padding(table, (0, 0, 0, 2)))
    silent = [each["topic"] for each in questions if each["basis"] == "nobody"]
    if silent:
        names = "; ".join(silent)
        console.print(Padding(Text.assemble(("Not stated: ", "bold yellow"), names), (0, 0, 0, 2)))
    console.print()
