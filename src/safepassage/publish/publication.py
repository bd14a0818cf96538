"""Make everything that is told of a plan, in one folder for each of its readers.

``internal/`` shows when and where people would move. ``partners/`` and ``public/`` hold what
``redaction`` leaves. ``to-release/`` holds drafts: a named role releases them, or nobody.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, overload

from safepassage.base.provenance import Source, sha256, stamp
from safepassage.base.signs import all_without_controls
from safepassage.publish.alerts import draft
from safepassage.publish.ask_page import ask_html
from safepassage.publish.brief import brief_html
from safepassage.publish.cap import to_xml
from safepassage.publish.folder import plan_files
from safepassage.publish.hxl_tables import hxl_files
from safepassage.publish.layer_files import map_files
from safepassage.publish.layers import layers_of, notes_of
from safepassage.publish.leaflets import make_leaflets
from safepassage.publish.movement_notification import make_notification
from safepassage.publish.page import clean_map
from safepassage.publish.paper import still
from safepassage.publish.pdf import pdf_of, pdf_way
from safepassage.publish.publication_page import publication_html
from safepassage.publish.redaction import redacted
from safepassage.publish.tables import plan_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from safepassage.base.progress import Progress
    from safepassage.case.release import Release
    from safepassage.publish.alerts import Kind, Terms
    from safepassage.publish.redaction import Level

__all__ = ["PUBLICATION_VERSION", "Given", "Publication", "make_publication"]

PUBLICATION_VERSION = "1.0"
_NO_SENDER = "sender-not-named"
"""Stands in drafts of a case that names no sender: a release refuses them."""

Files = dict[str, str | bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Hold what is published, and how.

    ``plan``, ``map_``, ``asked`` and ``forecast`` are documents as their schemas have them;
    ``records`` the record's files by level, as far as the pause is over; ``now`` is aware.
    """

    plan: Mapping[str, Any]
    map_: Mapping[str, Any]
    terms: Terms
    release: Release
    now: datetime
    asked: Mapping[str, Any] | None = None
    forecast: Mapping[str, Any] | None = None
    records: Mapping[Level, Mapping[str, str]]
    assurances: Sequence[Mapping[str, object]] = ()
    languages: Sequence[str] = ("en", "ar")
    exercise: bool = False
    pdf: bool = True

    @property
    def papers(self) -> bool:
        """Whether PDFs are made."""
        return self.pdf and pdf_way() is not None


@dataclass(frozen=True, slots=True)
class Publication:
    """Hold the files, by name, and what is to be said of them: a sentence each."""

    files: Mapping[str, str | bytes]
    remarks: tuple[str, ...]


def make_publication(
    given: Given, *, remarks: Sequence[str] = (), progress: Progress
) -> Publication:
    """Make everything: brief, maps, tables, notification, leaflets, alerts, record, and a list.

    Parameters
    ----------
    given
        What is published.
    remarks
        What is to be said besides, on the list as well.
    progress
        Told how many of the parts are done.

    Raises
    ------
    InputError
        If a part cannot be made: a zone's border crosses itself, nobody is in any zone, a language
        is not there.

    """
    said = [*remarks]
    if given.pdf and not given.papers:
        said.append("No PDF: neither Chromium nor WeasyPrint is here. Print the pages.")
    drafts, why = _alerts(given)
    said += why
    files: Files = dict(drafts)
    for part in _in_parallel(list(_parts(given)), progress):
        files |= part
    leaflets = json.loads(files["to-release/leaflets/leaflets.json"])
    said.append(" ".join([f"Leaflets and messages are marked {leaflets['mark']}.",
                          *leaflets["obstacles"]]))  # fmt: skip
    for level in ("partners", "public"):
        files |= _under(level, _own_list(given, files, level))
    return Publication({**files, **_list(given, files, said)}, tuple(said))


def _in_parallel(parts: Sequence[Callable[[], Files]], progress: Progress) -> Iterator[Files]:
    """Make the parts two at a time: most of their time another program makes PDFs."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        waiting = [pool.submit(part) for part in parts]
        try:
            for number, each in enumerate(waiting):
                progress("Writing what is told", number / len(waiting))
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _parts(given: Given) -> Iterator[Callable[[], Files]]:
    """Give what makes each part, those that take longest first."""
    yield lambda: _leaflets(given)
    for language in given.languages:
        yield lambda language=language: _brief(given, language)  # type: ignore[misc]
    yield lambda: _notification(given)
    yield lambda: _plan(given)
    for level in ("internal", "partners", "public"):
        yield lambda level=level: _data(given, level)  # type: ignore[misc]


def _under(folder: str, files: Mapping[str, str | bytes]) -> Files:
    return {f"{folder}/{name}": content for name, content in files.items()}


@overload
def _marked(given: Given, document: Mapping[str, Any]) -> dict[str, Any]: ...
@overload
def _marked(given: Given, document: Mapping[str, Any] | None) -> dict[str, Any] | None: ...
def _marked(given: Given, document: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give a document whose title says that it is an exercise's, where it is."""
    if document is None:
        return None
    if not given.exercise:
        return dict(document)
    case = document["case"]
    return {**document, "case": {**case, "title": f"EXERCISE. {case['title']}"}}


def _brief(given: Given, language: str) -> Files:
    name = "brief" if language == "en" else f"brief.{language}"
    page = brief_html(
        _marked(given, given.plan), dict(given.map_), asked=_marked(given, given.asked),
        forecast=_marked(given, given.forecast), language=language,
    )  # fmt: skip
    made: Files = {f"internal/{name}.html": page}
    if given.papers:
        made[f"internal/{name}.pdf"] = pdf_of(still(page))
    return made


def _plan(given: Given) -> Files:
    """Write what `safepassage plan` writes beside the brief."""
    asked, forecast = (_marked(given, each) for each in (given.asked, given.forecast))
    made: Files = dict(plan_files(_marked(given, given.plan), forecast=forecast))
    for name, document in (("ask", asked), ("forecast", forecast)):
        if document:
            made[f"{name}.json"] = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if asked:
        made["ask.html"] = ask_html(asked)
    return _under("internal", made)


def _leaflets(given: Given) -> Files:
    made = make_leaflets(
        given.plan, given.map_, languages=given.languages, exercise=given.exercise,
        assurances=given.assurances, now=given.now, pdf=given.papers,
    )  # fmt: skip
    return _under("to-release/leaflets", made)


def _notification(given: Given) -> Files:
    made = make_notification(
        given.plan, given.map_, release=given.release, languages=given.languages,
        exercise=given.exercise, issued_at=given.now,
    )  # fmt: skip
    pages = {name: page for name, page in made.items() if name.endswith(".html")}
    if given.papers:
        made |= {f"{name.removesuffix('html')}pdf": pdf_of(str(page))
                 for name, page in pages.items()}  # fmt: skip
    return _under("partners/movement-notification", made)


def _data(given: Given, level: Level) -> Files:
    """Write a level's maps and tables, plan and record."""
    plan = redacted(all_without_controls(_marked(given, given.plan)), level, now=given.now)
    map_ = redacted(clean_map(dict(given.map_)), level, now=given.now, kind="map")
    notes = notes_of(plan)
    made: Files = _under("tables", hxl_files(plan, notes=notes, exercise=given.exercise))
    if layers := layers_of(plan, map_):
        name = given.terms.case
        made |= _under("maps", map_files(name, layers, notes, exercise=given.exercise))
    if level != "internal":  # there it lies beside the brief
        made["plan.json"] = plan_json(plan)
    if level in given.records:
        made |= _under("record", given.records[level])
    return _under(level, made)


def _alerts(given: Given) -> tuple[Files, list[str]]:
    """Draft the alerts that can be told by now, and say which not, and why."""
    terms, why = given.terms, []
    if not (terms.sender and terms.sender_name):
        why.append("Alerts cannot be released: the case names no sender under [release].")
        terms = replace(terms, sender=terms.sender or _NO_SENDER,
                        sender_name=terms.sender_name or _NO_SENDER)  # fmt: skip
    kinds: tuple[Kind, ...] = ("opening", "suspension", "end")
    if given.now >= terms.end and not given.exercise:
        kinds = ("end",)
        why.append(f"The hours have been over since {terms.end:%Y-%m-%d %H:%M}: no opening or "
                   "suspension is drafted. An exercise drafts them.")  # fmt: skip
    drafts = [draft(kind, terms, now=given.now, exercise=given.exercise) for kind in kinds]
    return {f"to-release/alerts/drafts/{each.identifier}.xml": to_xml(each)
            for each in drafts}, why  # fmt: skip


def _list(given: Given, files: Files, said: Sequence[str]) -> Files:
    """List what there is, for whom: internal, since a hash confirms a guess about a file."""
    return _listed(_document(given, files, said), None)


def _own_list(given: Given, files: Files, level: Level) -> Files:
    """List a reader's own files, so that the folder can be handed on by itself."""
    own = {name.removeprefix(f"{level}/"): content
           for name, content in files.items() if name.startswith(f"{level}/")}  # fmt: skip
    document = _document(given, own, ())
    kept = redacted(document, level, now=given.now)
    return _listed({**kept, "files": document["files"]}, level)


def _document(given: Given, files: Files, said: Sequence[str]) -> dict[str, Any]:
    plan = given.plan
    inputs = tuple(Source(each["name"], each["sha256"]) for each in plan["inputs"])
    return {
        **stamp("publication", PUBLICATION_VERSION, inputs, tuple(plan["attribution"])),
        "exercise": given.exercise,
        "case": {key: plan["case"][key] for key in ("id", "title", "tz")},
        "made_at": given.now.isoformat(timespec="seconds"), "remarks": list(said),
        "files": {name: sha256(content) for name, content in sorted(files.items())},
    }  # fmt: skip


def _listed(document: Mapping[str, Any], reader: Level | None) -> Files:
    return {
        "index.html": publication_html(document, reader),
        "publication.json": json.dumps(document, ensure_ascii=False, indent=1) + "\n",
    }
