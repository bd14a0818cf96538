"""Make the record of a pause: what was announced, planned, counted, told, and is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from safepassage.base.provenance import Source, stamp
from safepassage.declaration import conflicts
from safepassage.ledger.situation_document import iso
from safepassage.publish.record_ended import ended_of, utc
from safepassage.publish.record_told import incidents_of, planned_actual, timeline_of
from safepassage.publish.record_unknown import unknown_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from safepassage.case import LoadedCase
    from safepassage.case.outcome import Outcome
    from safepassage.declaration import Declaration
    from safepassage.ledger.aftermath import Aftermath
    from safepassage.ledger.expected import Expected

__all__ = ["CAUTION", "SCHEMA_VERSION", "UPTAKE_RULE", "record_document"]

SCHEMA_VERSION: Final = "1.0"

CAUTION: Final = (
    "A record of what was told, by whom and how sure. Claims stand as claims: nothing here says "
    "who is to blame."
)
UPTAKE_RULE: Final = (
    "People out divided by people inside: low is the fewest out of the most inside, high the most "
    "out of the fewest inside, never above 1."
)


def record_document(
    loaded: LoadedCase, declarations: Sequence[Declaration], expected: Expected, *,
    told: Aftermath | None = None, plan: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Make the record of a pause as ``record.schema.json`` describes it.

    Parameters
    ----------
    loaded, declarations
        The case and what was announced.
    expected
        What to expect: of the plan where there is one, else of the case.
    told
        What the ledger tells afterwards, where there is one.
    plan
        The plan's document, where there is one.
    at
        As known at which moment, where there is no ledger; the announced end if not given.

    """
    case = loaded.case
    known = told.situation if told else None
    exercise = bool(known and known["exercise"])
    outcome = None if exercise else case.outcome  # what happened stays apart from what was played
    end = iso(expected.end)
    inside = _inside(loaded, plan)
    out, out_source = _people_out(outcome, told)
    texts = tuple(Source(each.text_name, each.text_sha256) for each in declarations)
    plan_input = (Source("plan.json", expected.plan_sha256),) if plan else ()
    document: dict[str, Any] = {
        **stamp("record", SCHEMA_VERSION, (*loaded.inputs, *texts, *plan_input),
                expected.attribution or case.city.attribution),
        "exercise": exercise,
        "as_known_at": known["as_known_at"] if known else iso(at or expected.end),
        "case": {**case.as_row(), "precedent": case.precedent or None},
        "caution": CAUTION,
        "window": {
            "announced": {"start": iso(expected.start), "end": end},
            "final": {"start": known["window"]["start"], "end": known["window"]["end"]}
            if known else {"start": iso(expected.start), "end": end},
        },
        "sides": _sides(loaded, declarations),
        "disagreements": [each.sentence for each in conflicts(declarations)],
        "ended": ended_of(outcome, told, end, case.place.tz),
        "corridors": _corridors(loaded),
        "people_inside": inside,
        "people_out": out, "people_out_source": out_source,
        "uptake": _uptake(out, inside), "uptake_rule": UPTAKE_RULE,
        "incidents": incidents_of(outcome, told, case),
        "planned_actual": planned_actual(expected, known, has_plan=plan is not None),
        "timeline": [], "unknown": [],
        "notes": [{"text": each.text, "source": each.source}
                  for each in (outcome.notes if outcome else ())],
        "country": (outcome.country if outcome else "") or None,
        "plan": {"sha256": expected.plan_sha256} if plan else None,
        "ledger": dict(known["ledger"]) if known else None,
    }  # fmt: skip
    document["timeline"] = timeline_of(document, told)
    document["unknown"] = unknown_of(document, outcome, told)
    return document


def _inside(loaded: LoadedCase, plan: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give the people inside by the plan, else by the case, else by its city's zones."""
    case = loaded.case
    if plan is not None:
        row = plan["people"]
        return {key: row[key] for key in ("low", "best", "high")} | {"source": row["source"] or ""}
    if case.people is not None:
        people = case.people
        return {**_three(people.low, people.best, people.high), "source": people.source}
    if case.city.place:
        return None  # its map would have to be fetched
    from safepassage.city import build_city, located_case  # noqa: PLC0415 - few cases need it

    people = build_city(located_case(loaded)).people
    return {**_three(people.low, people.best, people.high), "source": people.source}


def _three(low: float, best: float, high: float) -> dict[str, int]:
    return {"low": round(low), "best": round(best), "high": round(high)}


def _people_out(
    outcome: Outcome | None, told: Aftermath | None
) -> tuple[dict[str, int] | None, str | None]:
    """Give the people who left by the civilian corridors, and who says so."""
    if told is not None and (counted := told.situation["people_out"]) is not None:
        return dict(counted), "counted on the corridors, as the ledger tells"
    if outcome is not None and outcome.exits is not None:
        exits = outcome.exits
        return _three(exits.low, exits.best, exits.high), exits.source
    return None, None


def _uptake(
    out: Mapping[str, int] | None, inside: Mapping[str, Any] | None
) -> dict[str, float] | None:
    """Divide the people out by those inside; None where one of them is not known."""
    if out is None or inside is None or inside["low"] <= 0:
        return None
    pairs = {"low": (out["low"], inside["high"]), "best": (out["best"], inside["best"]),
             "high": (out["high"], inside["low"])}  # fmt: skip
    return {key: round(min(1.0, left / of), 6) for key, (left, of) in pairs.items()}


def _corridors(loaded: LoadedCase) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "name": each.name, "name_ar": each.name_ar, "users": each.users,
         "located": each.position is not None, "source": each.source}
        for each in loaded.case.corridors
    ]  # fmt: skip


def _sides(loaded: LoadedCase, declarations: Sequence[Declaration]) -> list[dict[str, Any]]:
    """Give each side once: what it announced, and how it answered as who says."""
    sides: dict[str, dict[str, Any]] = {}

    def side(party: str) -> dict[str, Any]:
        return sides.setdefault(party, {"party": party, "announced": [], "answers": []})

    tz = loaded.case.place.tz
    for each in declarations:
        side(each.issuer or f"not named in {each.text_name}")["announced"].append({
            "text": each.text_name, "kind": each.kind,
            "on": each.announced_on.isoformat() if each.announced_on else None,
            "hours": [{"start": utc(window.start, tz), "end": utc(window.end, tz)}
                      for window in each.windows],
        })  # fmt: skip
    for each in declarations:
        for answer in each.consent:
            _answer(side(answer.party), answer.status, answer.stated_by or each.issuer or "",
                    each.text_name)  # fmt: skip
    for said in loaded.case.consent:
        _answer(side(said.party), said.status, said.stated_by, said.source)
    return list(sides.values())


def _answer(side: dict[str, Any], status: str, stated_by: str, source: str) -> None:
    row = {"status": status, "stated_by": stated_by or None, "source": source or None}
    if row not in side["answers"]:
        side["answers"].append(row)
