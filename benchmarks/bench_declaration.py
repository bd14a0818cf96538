"""Tell how well announcements are read: precision and recall of each field, and the time.

    python benchmarks/bench_declaration.py [FOLDER] [--csv FILE] [--wrong]

Three sets of texts in our own words, labelled by hand, in English, Russian and Arabic, told
apart: those that the rules were tuned on (``tests/declaration/corpus``), those that were held
out until rules were made better on them (``tests/declaration/seen``), and those that are held
out (``tests/declaration/heldout``). Precision is the share of what was read
that the label has, recall the share of what the label has that was read. A field that a label
leaves out is not counted; of a text that is wrongly taken to announce something every value
counts as wrong, and of one that is wrongly taken to announce nothing every value is missed.

Prints a table in Markdown and writes the same to ``FOLDER/declaration.csv`` (``out/bench`` if
not named), or FILE. ``--wrong`` lists what was read wrongly or missed, of the tuned texts only.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "tests/declaration"
SETS = {"tuned": TEXTS / "corpus", "seen since": TEXTS / "seen", "held out": TEXTS / "heldout"}
LANGUAGES = {"en": "English", "ru": "Russian", "ar": "Arabic"}
COUNTS = ("total", "civilian", "armed")
FIELDS = (
    "announces", "windows", "window starts", "window ends", "recurrence", "corridor counts",
    "weapons", "place", "issuer", "announced on", "kind", "consent", "guarantors",
)  # fmt: skip
AIMED_AT = ("windows", "window starts", "window ends", "recurrence", "corridor counts")
AIM = (0.95, 0.85)
"""Precision and recall to reach on windows and counts."""
LEAST_BYTES = 50_000
COLUMNS = (
    "texts", "language", "number", "field", "labelled", "read", "right", "precision", "recall",
    "aim", "ms_per_text", "s_per_10_kb",
)  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True)
class Score:
    """Count values: in the label, read, and read as the label has them."""

    labelled: int = 0
    read: int = 0
    right: int = 0

    def __add__(self, other: Score) -> Score:
        """Add the counts of two."""
        return Score(
            self.labelled + other.labelled, self.read + other.read, self.right + other.right
        )

    @property
    def precision(self) -> float | None:
        """Give the share of what was read that is right; ``None`` where nothing was."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Give the share of what is labelled that was read; ``None`` where nothing is."""
        return self.right / self.labelled if self.labelled else None


@dataclass(frozen=True)
class Times:
    """Hold the number of texts and how long they take: each, and 10 kB of them joined."""

    texts: int
    ms_a_text: float
    s_for_10_kb: float


def values(document: Row, *, names: bool) -> Iterator[tuple[str, list[Any]]]:
    """Give the values of each field that a label or a declaration holds.

    Parameters
    ----------
    names
        The place is a mapping with its name, and each answer one with its party, as in a
        declaration; else these are patterns, as in a label.

    """
    if "windows" in document:
        windows = [
            tuple(one[key] for key in ("start", "end", "recurrence")) for one in document["windows"]
        ]
        yield "windows", windows
        for name, at in (("window starts", 0), ("window ends", 1), ("recurrence", 2)):
            yield name, [one[at] for one in windows if one[at] is not None]
    if "corridors" in document:
        counts = document["corridors"]
        yield "corridor counts", [(k, counts[k]) for k in COUNTS if counts[k] is not None]
    for key in ("weapons", "issuer", "announced_on", "kind", "place"):
        if key in document:
            value = document[key]
            value = value["name"] if names and key == "place" and value else value
            yield key.replace("_", " "), [] if value is None else [value]
    if "consent" in document:
        given = document["consent"]
        yield "consent", [(one["party"], one["status"]) if names else tuple(one) for one in given]
    if "guarantors" in document:
        yield "guarantors", list(document["guarantors"])


def fits(wanted: Any, value: Any) -> bool:
    """Tell whether a value read is the labelled one; a labelled name is a pattern, of any case."""
    if isinstance(wanted, tuple):
        return len(wanted) == len(value) and all(map(fits, wanted, value))
    if isinstance(wanted, str) and isinstance(value, str):
        return wanted == value or re.fullmatch(wanted, value, re.IGNORECASE) is not None
    return bool(wanted == value)


def compare(wanted: Sequence[Any], given: Sequence[Any]) -> Score:
    """Count the values that fit, each once."""
    left = list(given)
    right = 0
    for one in wanted:
        match = next((value for value in left if fits(one, value)), None)
        if match is not None:
            left.remove(match)
            right += 1
    return Score(len(wanted), len(given), right)


def judge(label: Row, document: Row | None) -> dict[str, Score]:
    """Compare what was read of a text, ``None`` for nothing, with its label."""
    if label.get("nothing"):
        empty = {name: Score(0, len(given)) for name, given in values(document or {}, names=True)}
        return {**empty, "announces": Score(0, document is not None, 0)}
    given = dict(values(document or {}, names=True))
    scores = {
        name: compare(wanted, given.get(name, [])) for name, wanted in values(label, names=False)
    }
    told = document is not None
    return {**scores, "announces": Score(1, told, told)}


def texts_of(folder: Path) -> list[Path]:
    """List the texts that have a label, in order."""
    return sorted(path for path in folder.glob("*.txt") if path.with_suffix(".json").is_file())


def language_of(path: Path) -> str:
    """Tell a text's language by its name; one without a mark is English."""
    mark = path.stem.partition("-")[0].rstrip("0123456789")
    return mark if mark in LANGUAGES else "en"


def read_text(text: str, name: str) -> Row | None:
    """Read a text as the declaration's JSON, ``None`` if it announces nothing."""
    try:
        return read(text, name=name).as_json()
    except NothingAnnounced:
        return None


def pace(texts: Sequence[str]) -> float:
    """Give the seconds that 10 kB take, of texts joined to at least 50 kB."""
    text = "\n\n".join(texts)
    text = "\n\n".join([text] * (1 + LEAST_BYTES // len(text.encode())))
    began = time.perf_counter()
    read_text(text, "joined")
    return (time.perf_counter() - began) / len(text.encode()) * 10_000


def measure(folder: Path) -> tuple[dict[str, Times], dict[str, dict[str, Score]], list[str]]:
    """Read and judge the texts of a folder, by language.

    Returns
    -------
    tuple
        Number of texts, milliseconds a text and seconds for 10 kB by language; scores by
        language and field; and what was wrong, a line each.

    """
    took: dict[str, list[float]] = defaultdict(list)
    texts: dict[str, list[str]] = defaultdict(list)
    scores: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    wrong: list[str] = []
    paths = texts_of(folder)
    for path in {language_of(path): path for path in paths}.values():
        read_text(path.read_text("utf-8"), path.stem)  # so that no text pays for what is loaded
    for path in paths:
        text, language = path.read_text("utf-8"), language_of(path)
        label = json.loads(path.with_suffix(".json").read_text("utf-8"))
        began = time.perf_counter()
        document = read_text(text, path.stem)
        took[language].append(time.perf_counter() - began)
        texts[language].append(text)
        for field, score in judge(label, document).items():
            scores[language][field] += score
            if not score.labelled == score.read == score.right:
                wrong.append(f"{path.stem}: {field}: {score}")
    took["all"] = list(chain.from_iterable(took.values()))
    texts["all"] = list(chain.from_iterable(texts.values()))
    times = {
        language: Times(len(each), 1e3 * sum(each) / len(each), pace(texts[language]))
        for language, each in took.items()
        if each
    }
    return times, scores, wrong


def rows_of(name: str, folder: Path) -> tuple[list[Row], list[str]]:
    """Make the rows of one set of texts, and the list of what was wrong."""
    times, scores, wrong = measure(folder)
    everything: dict[str, Score] = defaultdict(Score)
    for of_fields in scores.values():
        for field, score in of_fields.items():
            everything[field] += score
    scores["all"] = everything
    rows = [
        row(name, language, times[language], field, scores[language][field])
        for language in (*LANGUAGES, "all")
        if language in times
        for field in FIELDS
    ]
    return rows, wrong


def row(name: str, language: str, times: Times, field: str, score: Score) -> Row:
    """Make one row of the table."""
    reached = [
        share is None or share >= least
        for share, least in zip((score.precision, score.recall), AIM, strict=True)
    ]
    return {
        "texts": name,
        "language": LANGUAGES.get(language, language),
        "number": times.texts,
        "field": field,
        "labelled": score.labelled,
        "read": score.read,
        "right": score.right,
        "precision": share(score.precision),
        "recall": share(score.recall),
        "aim": ("met" if all(reached) else "missed") if field in AIMED_AT else "",
        "ms_per_text": f"{times.ms_a_text:.1f}",
        "s_per_10_kb": f"{times.s_for_10_kb:.3f}",
    }


def share(value: float | None) -> str:
    """Write a share with three decimals, nothing where there is none."""
    return "" if value is None else f"{value:.3f}"


def table(rows: Iterable[Row]) -> str:
    """Write precision and recall in Markdown: a line a field, a column a set and language."""
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    heads: dict[str, str] = {}
    for one in rows:
        key = f"{one['texts']}, {one['language']}"
        heads[key] = f"{key} ({one['number']})"
        cells[one["field"]][key] = f"{one['precision'] or '-'} / {one['recall'] or '-'}"
    lines = [
        f"| precision / recall | {' | '.join(heads.values())} |",
        "| --- |" + " --- |" * len(heads),
    ]
    lines += [
        f"| {field} | {' | '.join(of_field.get(key, '') for key in heads)} |"
        for field, of_field in cells.items()
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure both sets, print the table, write it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "out/bench")
    parser.add_argument("--csv", type=Path, help="write the table here")
    parser.add_argument("--wrong", action="store_true", help="list faults, of tuned texts only")
    given = parser.parse_args()
    rows: list[Row] = []
    for name, folder in SETS.items():
        found, wrong = rows_of(name, folder)
        rows += found
        if given.wrong and name == "tuned":
            print("\n".join(wrong))
    print(table(rows))
    for one in rows:
        if one["field"] == FIELDS[0]:
            print(
                f"{one['texts']}, {one['language']}: {one['ms_per_text']} ms a text, "
                f"{one['s_per_10_kb']} s for 10 kB"
            )
    path = given.csv or given.folder / "declaration.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
