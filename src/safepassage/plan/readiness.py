"""Ask what must be known before people walk, and answer what is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import Fault, InputError
from safepassage.base.progress import Progress, silent
from safepassage.base.provenance import Source
from safepassage.base.window import Window
from safepassage.case import LoadedCase, load_case
from safepassage.case.locate import line_of
from safepassage.case.model import CasePlace, Options
from safepassage.city import build_city, city_inputs, located_case
from safepassage.declaration import conflicts
from safepassage.declaration.gazetteer import ATTRIBUTION
from safepassage.declaration.reader import read_announcements
from safepassage.declaration.versions import versions
from safepassage.plan.blocks import blocks_of, too_close
from safepassage.plan.from_text import case_on_city
from safepassage.plan.hours import Hours, usable_hours
from safepassage.plan.questions import Question, catalogue
from safepassage.plan.readiness_answers import STATED, unplaced
from safepassage.plan.readiness_model import Basis, Finding, Known, Said, Status
from safepassage.plan.readiness_times import travel, warned
from safepassage.plan.readiness_worked import ON_HOURS, WORKED_OUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.case.model import CaseAnswer
    from safepassage.city import City
    from safepassage.declaration import Declaration

__all__ = ["Answer", "Readiness", "check_readiness", "check_texts", "readiness_of"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold one question with what is known on it.

    ``basis`` says where that comes from; ``said`` quotes the words of announcements.
    """

    question: Question
    status: Status
    text: str
    basis: Basis
    said: tuple[Said, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Hold all questions with their answers, the most dangerous open ones first."""

    id: str
    title: str
    place: CasePlace | None
    known: Known
    answers: tuple[Answer, ...]
    inputs: tuple[Source, ...]
    attribution: tuple[str, ...]

    @property
    def counts(self) -> dict[Status, int]:
        """Count the questions of each status."""
        found = Counter(answer.status for answer in self.answers)
        return {status: found[status] for status in _ORDER}

    def __getitem__(self, question: str) -> Answer:
        """Give the answer to a question by its id."""
        return next(answer for answer in self.answers if answer.question.id == question)

    def as_json(self) -> dict[str, Any]:
        """Give it as ``readiness.schema.json`` describes it."""
        from safepassage.plan.readiness_document import readiness_document  # noqa: PLC0415

        return readiness_document(self)


_ORDER: tuple[Status, ...] = ("disputed", "open", "partly", "settled")


def check_readiness(
    case: str | LoadedCase,
    *,
    declarations: tuple[Declaration, ...] | None = None,
    city: City | None = None,
    progress: Progress = silent,
) -> Readiness:
    """Ask every question of a case.

    Parameters
    ----------
    case
        A built-in case's name, a folder, a file, or a case already loaded.
    declarations
        What was announced; read from the case's announcements if not given.
    city
        Where; built from the case if not given.
    progress
        Told of each stage.

    Raises
    ------
    InputError
        If the case is faulty, or answers a question that is not in the list.

    """
    loaded = load_case(case) if isinstance(case, str) else case
    _known_questions(loaded)
    if declarations is None:
        progress("Reading the announcement")
        declarations = read_announcements([loaded.path(p) for p in loaded.case.announcements])
    loaded = located_case(loaded, progress=progress)
    if city is None:
        progress("Laying out the city")
        city = build_city(loaded, progress=progress)
    progress("Asking the questions")
    return readiness_of(loaded, declarations, city)


def readiness_of(
    loaded: LoadedCase, declarations: tuple[Declaration, ...], city: City
) -> Readiness:
    """Ask every question of a case whose texts and city were read already."""
    _known_questions(loaded)
    known = _known(loaded, declarations, city, own_terms=True)
    return Readiness(
        id=loaded.case.id, title=loaded.case.title, place=loaded.case.place, known=known,
        answers=_answers(known),
        inputs=(*loaded.inputs, *_texts(declarations), *city_inputs(loaded)),
        attribution=city.attribution,
    )  # fmt: skip


def check_texts(
    declarations: Sequence[Declaration], *, city: str | None = None, progress: Progress = silent
) -> Readiness:
    """Ask every question of announcements by themselves.

    Parameters
    ----------
    declarations
        What was read about one pause, at least one; the first names the place.
    city
        The case whose streets and people give the walking times; if not given, the
        built-in case of the announcement's place, or none. Nothing else is taken from it.
    progress
        Told of each stage.

    Raises
    ------
    InputError
        If ``city`` is no case.

    """
    said = tuple(declarations)
    first = said[0]
    try:
        loaded = case_on_city(first, city)
    except InputError:
        if city is not None:
            raise
        return _without_city(said)
    progress("Laying out the city")
    built = build_city(loaded, progress=progress)
    progress("Asking the questions")
    known = _known(loaded, said, built, own_terms=False)
    return Readiness(
        id=loaded.case.id, title=loaded.case.title, place=loaded.case.place, known=known,
        answers=_answers(known),
        inputs=(*_texts(said), *loaded.inputs, *city_inputs(loaded)),
        attribution=built.attribution,
    )  # fmt: skip


def _texts(declarations: tuple[Declaration, ...]) -> tuple[Source, ...]:
    return tuple(Source(each.text_name, each.text_sha256) for each in declarations)


def _known_questions(loaded: LoadedCase) -> None:
    ids = {question.id for question in catalogue().questions}
    wrong = [i for i, each in enumerate(loaded.case.readiness) if each.question not in ids]
    if not wrong:
        return
    path = loaded.folder / loaded.inputs[0].name
    text = path.read_text(encoding="utf-8-sig")
    raise InputError(
        Fault(
            f"{path}, line {line_of(text, ('readiness', i, 'question'))}: readiness[{i}].question",
            f"is no question ({loaded.case.readiness[i].question!r})",
            f"Known: {', '.join(sorted(ids))}.",
        )
        for i in wrong
    )


def _standing(
    declarations: tuple[Declaration, ...],
) -> tuple[tuple[Declaration, ...], dict[str, dict[str, str]]]:
    """Give the terms that stand, and which text each field of them comes from."""
    pauses = [pause for pause in versions(declarations) if not pause.called_off]
    return (
        tuple(pause.declaration for pause in pauses),
        {pause.declaration.text_name: pause.came_from for pause in pauses},
    )


def _place(declaration: Declaration) -> CasePlace | None:
    at, tz = declaration.place, declaration.tz
    if at is None or at.lat is None or at.lon is None or tz is None:
        return None
    return CasePlace(name=at.name, lat=at.lat, lon=at.lon, tz=tz)


def _window(loaded: LoadedCase | None, declarations: tuple[Declaration, ...]) -> Window | None:
    """Take the window from the case, else from the first declaration that states one."""
    if loaded and loaded.case.window:
        return Window(loaded.case.window.start, loaded.case.window.end)
    stated = [window for each in declarations for window in each.windows[:1]]
    return Window(stated[0].start, stated[0].end) if stated else None


def _light(
    window: Window | None, place: CasePlace | None, confirm_and_test_min: int
) -> tuple[Hours | None, str]:
    """Give the usable hours, or why there are none. Dark hours never count as usable here."""
    if window is None:
        return None, "No hours are stated."
    if place is None:
        return None, "The place is not known well enough to tell when there is light."
    try:
        return usable_hours(
            window, place, confirm_and_test_min=confirm_and_test_min, ignore_daylight=False
        ), ""
    except InputError as error:
        fault = error.faults[0]
        return None, f"The {fault.where} {fault.what}."


def _known(
    loaded: LoadedCase, declarations: tuple[Declaration, ...], city: City, *, own_terms: bool
) -> Known:
    """Gather what is known; without ``own_terms`` the case lends its streets only."""
    case = loaded.case
    standing, came_from = _standing(declarations)
    window = _window(loaded, standing)
    minutes = case.options.confirm_and_test_min
    hours, no_hours = _light(window, case.place, minutes)
    found = travel(case, city, hours.usable.minutes) if hours else None
    no_travel = "No civilian corridor has a position." if hours else no_hours
    blocks = blocks_of(case.corridors, hours, case.options) if hours and own_terms else ()
    assumed = sum(
        bool(each.position and each.position.is_assumption)
        for each in case.corridors
        if each.users == "civilian"
    )
    return Known(
        texts=declarations, declarations=standing, came_from=came_from,
        conflicts=conflicts(declarations), case=case if own_terms else None,
        confirm_and_test_min=minutes, window=window,
        hours=hours, no_hours=no_hours, warned=warned(declarations, window) if window else None,
        travel=found, no_travel="" if found else no_travel, city=city,
        assumed_positions=assumed, close=tuple(too_close(city, blocks)),
    )  # fmt: skip


def _without_city(declarations: tuple[Declaration, ...]) -> Readiness:
    """Ask all that needs no streets."""
    first = declarations[0]
    standing, came_from = _standing(declarations)
    place, window = _place(first), _window(None, standing)
    minutes = Options().confirm_and_test_min
    hours, no_hours = _light(window, place, minutes)
    known = Known(
        texts=declarations, declarations=standing, came_from=came_from,
        conflicts=conflicts(declarations), case=None,
        confirm_and_test_min=minutes, window=window, hours=hours, no_hours=no_hours,
        warned=warned(declarations, window) if window else None, travel=None,
        no_travel="Not worked out: no built-in city of that name. Name a case with --city.",
        city=None, assumed_positions=0, close=(),
    )  # fmt: skip
    named = first.place.name if first.place else first.text_name
    return Readiness(
        id="announcement", title=f"{named}: {first.kind or 'pause'}", place=place, known=known,
        answers=_answers(known), inputs=_texts(declarations),
        attribution=(ATTRIBUTION,) if place else (),
    )  # fmt: skip


def _answers(known: Known) -> tuple[Answer, ...]:
    given = {each.question: each for each in known.case.readiness} if known.case else {}
    found = [_answer(each, known, given.get(each.id)) for each in catalogue().questions]
    return tuple(sorted(found, key=lambda each: (each.status == "settled", each.question.gravity)))


def _answer(question: Question, known: Known, given: CaseAnswer | None) -> Answer:
    rule = STATED.get(question.id) or WORKED_OUT.get(question.id)
    stated = (rule(known) if rule else None) or _NOTHING
    if question.id in ON_HOURS and known.disputed_hours and stated is not _NOTHING:
        stated = _on_disputed_hours(known, stated)
    clash = _clash(question, known, stated)
    found = clash or stated
    if given is None:
        return Answer(question, found.status, found.text, found.basis, found.said, found.source)
    status: Status = given.status
    if given.status == "settled":  # by a person with a source; but not against a refusal
        status = "disputed" if stated.refused else "settled"
    elif clash:
        status = "disputed"
    text = "" if found is _NOTHING else found.text
    if clash and status == "settled":
        text = f"Announcements differed. {text}"
    text = f"{_sentence(given.answer)} {text}".strip()
    return Answer(question, status, text, "case", found.said, given.source or found.source)


_NOTHING = Finding("open", "Not stated.", "nobody")


def _on_disputed_hours(known: Known, found: Finding) -> Finding:
    """Say whose hours an answer rests on, and who says otherwise."""
    stated = next((each for each in known.declarations if each.windows), None)
    ours = stated.text_name if stated else ""
    told = known.disputed_hours
    whose = next((said.who for said in told if said.text_name == ours), "the first text")
    others = "; ".join(f"{said.who}: {said.words}" for said in told if said.text_name != ours)
    text = f"By the hours that {whose} gives, which are disputed ({others}). {found.text}"
    status: Status = "partly" if found.status == "settled" else found.status
    return replace(found, status=status, text=text)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _clash(question: Question, known: Known, stated: Finding) -> Finding | None:
    """Tell where statements differ on a question, each issuer with its own words."""
    clashes = [each for each in known.conflicts if each.field in question.fields]
    if not clashes:
        return None
    values = [said for each in clashes for said in each.values]
    issuers = dict.fromkeys(each.issuer for each in values)
    parts = []
    for issuer in issuers:
        told = dict.fromkeys(
            f"toward {said.value}" if each.field == "destinations" else said.value
            for each in clashes
            for said in each.values
            if said.issuer == issuer
        )
        parts.append(f"{issuer}: {', '.join(told)}")
    said = tuple(Said(each.issuer, each.quote, each.text_name) for each in values if each.quote)
    text = "; ".join(parts) + "."
    more = {"corridors": unplaced(known), "consent-sides": stated.text}.get(question.id, "")
    text = f"{text} {more}".strip()
    return Finding("disputed", text, "announcement", tuple(dict.fromkeys(said)))
