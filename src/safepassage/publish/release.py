"""Release leaflets, messages and scripts that were drafted: a named role says they may go out."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import read_at_most, write_together
from safepassage.base.provenance import sha256
from safepassage.publish.cap import moment
from safepassage.publish.leaflet_marks import BEGIN, DRAFT, END, Marks
from safepassage.publish.leaflet_pages import cut
from safepassage.publish.leaflets import manifest, terms_hash
from safepassage.publish.releasing import LOG, logged, refuse_obstacles, refuse_role
from safepassage.publish.shortened import gsm, ucs2
from safepassage.publish.text_messages import message_row, messages_csv
from safepassage.publish.tongue import tongue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from safepassage.publish.alerts import Terms

__all__ = ["refuse_other_leaflets", "release_leaflets"]

_MOST_BYTES = 40_000_000
_AGAIN = "Make them again: safepassage leaflets CASE --to FOLDER."
_MARK = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)


def release_leaflets(
    folder: Path, terms: Terms, *, by: str, roles: Sequence[str], now: datetime,
    assurances: Sequence[Mapping[str, object]] = (),
) -> list[Path]:  # fmt: skip
    """Release a folder of drafts: what was looked at, with nothing changed but the marks.

    Parameters
    ----------
    folder
        Where `safepassage leaflets` wrote them.
    terms
        Of the case as it stands now.
    by, roles
        The role that releases them, and those that may.
    now
        When, aware.
    assurances
        A ledger's, for whose consent it confirms.

    Returns
    -------
    The files released, the list of them and the log.

    Raises
    ------
    InputError
        If the role may not; if consent or a place stands against it; if the hours are over and
        it is no exercise; if they are another case's, no drafts, or not as they were made; if
        the case says otherwise by now.

    """
    refuse_role(by, roles)
    found = _manifest(folder)
    if found["case"]["id"] != terms.case:
        raise InputError.one(str(folder), f"holds leaflets of {found['case']['id']}",
                             "Name the case that they were made for.")  # fmt: skip
    if now >= terms.end and not found["exercise"]:
        raise InputError.one(f"the window of {terms.case}",
                             f"has been over since {terms.end:%Y-%m-%d %H:%M}",
                             "Leaflets for an exercise are made with --exercise.")  # fmt: skip
    refuse_obstacles(
        folder.name, terms, assurances=assurances, now=now, again="make the leaflets again"
    )  # fmt: skip
    if found["mark"] != DRAFT:
        what = f"are marked {found['mark']}" if found["mark"] else "were released before"
        raise InputError.one(f"the leaflets in {folder}", what, _AGAIN)
    start, end = (f"{each:%Y-%m-%dT%H:%M}" for each in (terms.start, terms.end))
    if found["terms"] != terms_hash(terms.case, start, end, terms.corridors, terms.consent):
        raise InputError.one(f"the leaflets in {folder}",
                             "tell other hours, corridors or consent than the case does by now",
                             _AGAIN)  # fmt: skip
    drafts = _drafts(folder, found["files"])
    old = Marks(DRAFT, exercise=found["exercise"])
    new = Marks("", exercise=found["exercise"], released_by=by)
    made = _released(drafts, old, new, found["case"]["tz"])
    when = moment(now.replace(microsecond=0))
    listed = manifest(found, made, new, when)
    status = "Exercise" if new.exercise else "Actual"
    entry = {"identifier": f"{terms.case}.leaflets", "released_at": when, "by": by,
             "status": status, "sha256": sha256(listed)}  # fmt: skip
    written = write_together(
        folder, {**made, "leaflets.json": listed, LOG: logged(folder, entry)}
    )  # fmt: skip
    for name in drafts:
        (folder / name).unlink()
    return written


def refuse_other_leaflets(folder: Path, names: Sequence[str]) -> None:
    """Go no further where a folder holds leaflets that would stay beside those to be written."""
    there = [
        path for part in ("leaflets/*", "loudspeaker/*", "*messages.csv")
        for path in folder.glob(part)
    ] if folder.is_dir() else []  # fmt: skip
    other = [path for path in there if path.relative_to(folder).as_posix() not in names]
    if other:
        raise InputError.one(str(folder), f"holds other leaflets, such as {other[0].name}",
                             "Name another folder with --to, or move them away.")  # fmt: skip


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "leaflets.json"
    remedy = "Name the folder that `safepassage leaflets` wrote."
    try:
        found = json.loads(_read(path))
        if found["kind"] == "leaflets" and found["schema_version"].startswith("1."):
            return {**found, "case": {key: str(found["case"][key]) for key in ("id", "tz")},
                    "files": dict(found["files"]), "exercise": bool(found["exercise"]),
                    "mark": str(found["mark"]), "terms": str(found["terms"])}  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise InputError.one(str(path), "is no list of leaflets of this program", remedy)


def _drafts(folder: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    """Read the drafts; each must be what was made."""
    faults, drafts = [], {}
    for name, hashed in files.items():
        path = folder / name
        inside = path.resolve().is_relative_to(folder.resolve())
        data = _read(path) if inside and path.is_file() else None
        if data is None or sha256(data) != hashed:
            faults.append(Fault(name, "is not there" if data is None else "was changed since",
                                _AGAIN))  # fmt: skip
        else:
            drafts[name] = data
    if faults:
        raise InputError(faults)
    return drafts


def _read(path: Path) -> bytes:
    return read_at_most(path, _MOST_BYTES, what="a leaflet",
                        remedy="Name the folder that `safepassage leaflets` wrote.")  # fmt: skip


def _released(
    drafts: Mapping[str, bytes], old: Marks, new: Marks, tz: str
) -> dict[str, str | bytes]:  # fmt: skip
    """Take the marks off; PDFs are made anew from the pages."""
    made: dict[str, str | bytes] = {}
    pages: dict[str, dict[str, str]] = {}
    for name, data in drafts.items():
        folder, _, file = name.rpartition("/")
        plain = new.named(file.removeprefix(old.named("")))
        out = f"{folder}/{plain}" if folder else plain
        if name.endswith(".csv"):
            made[out] = _messages(data.decode("utf-8"), old, new, tz)
        elif name.endswith((".html", ".txt")):
            language = out.split(".")[-2]
            text = _unmarked(data.decode("utf-8"), old, new, language, tz)
            made[out] = text
            if f"{name.removesuffix('.html')}.pdf" in drafts:
                pages.setdefault(language, {})[f"{out.removesuffix('.html')}.pdf"] = text
    for some in pages.values():
        made |= dict(zip(some, cut(list(some.values())), strict=True))
    return made


def _unmarked(text: str, old: Marks, new: Marks, language: str, tz: str) -> str:
    """Take the marks off a page or a script."""
    say = tongue(language, tz, isolating=True)
    if "<html" in text:
        marks = iter((new.head(say, ()), new.foot(say)))
        text = _MARK.sub(lambda _: str(next(marks)), text)
        return text.replace(f"<title>{old.told} · ", f"<title>{f'{new.told} · ' * bool(new.told)}")
    lines = [line for line in text.splitlines() if line != f"*** {old.told} ***"]
    around = [f"*** {new.told} ***"] if new.told else []
    told = tongue(language, tz)("Released by {who}.", who=new.released_by)
    return "\n".join([*around, told, *lines, *around]) + "\n"


def _messages(text: str, old: Marks, new: Marks, tz: str) -> str:
    rows = []
    for row in csv.DictReader(StringIO(text, newline="")):
        say = tongue(row["language"], tz)
        written = gsm if row["language"] == "en" else ucs2
        words = row["text"].removeprefix(written(old.before(say))).strip()
        told = f"{written(new.before(say))} {words}".strip()
        rows.append(
            message_row(row["zone"], row["zone_name"], row["language"], int(row["most_signs"]),
                        new.told, told)
        )  # fmt: skip
    return messages_csv(rows)
