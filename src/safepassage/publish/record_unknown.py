"""Say what a record does not know, in a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.case.outcome import Outcome
    from safepassage.ledger.aftermath import Aftermath

__all__ = ["unknown_of"]


def unknown_of(
    document: Mapping[str, Any], outcome: Outcome | None, told: Aftermath | None
) -> list[str]:
    """Say what is not known, the gravest first."""
    return [*_people(document, told), *_incidents(document), *_end(document, outcome),
            *_plan(document), *_remarks(told)]  # fmt: skip


def _people(document: Mapping[str, Any], told: Aftermath | None) -> Iterator[str]:
    out = document["people_out"]
    if out is None:
        yield "How many people left: nobody counted, and no source says."
    elif told is None and out["best"] == 0:
        yield "Whether anybody left unseen: nobody's leaving was confirmed, which shows no more."
    if document["people_inside"] is None:
        yield "How many people were inside: the case has no figure, and no plan was given."
    elif document["people_inside"]["low"] < document["people_inside"]["high"]:
        inside = document["people_inside"]
        yield f"How many people were inside: between {inside['low']:,} and {inside['high']:,}."
    rows = document["planned_actual"]
    seen = {row["corridor"] for row in rows if row["counted"] is not None}
    blind = [each["name"] for each in document["corridors"]
             if each["users"] != "armed" and each["id"] not in seen]  # fmt: skip
    if blind and out is not None and told is not None:
        yield f"How many left by {listed(blind)}: nobody counted there."
    elsewhere = [each["name"] for each in document["corridors"]
                 if each["users"] != "armed" and not each["located"]]  # fmt: skip
    if elsewhere:
        yield f"Where {listed(elsewhere)} lay: no source says."


def _incidents(document: Mapping[str, Any]) -> Iterator[str]:
    incidents = document["incidents"]
    if not incidents:
        yield "Whether anything happened: no incident was told, which does not say that none was."
        return
    alleged = sum(each["status"] == "alleged" for each in incidents)
    if alleged:
        yield (
            f"Whether what a side alone alleges happened as told: {alleged} of {len(incidents)} "
            "told."
        )
    yield "Who is responsible for what happened: this record holds claims, and no finding."
    if any(each["killed"] is None for each in incidents):
        silent = sum(each["killed"] is None for each in incidents)
        yield f"Whether anybody was killed: {silent} of {len(incidents)} told without a figure."


def _end(document: Mapping[str, Any], outcome: Outcome | None) -> Iterator[str]:
    ended = document["ended"]
    if ended["how"] == "not known":
        yield f"How it ended. {ended['because']}"
    stated = outcome.ended if outcome else "not known"
    if stated not in {"not known", ended["how"]}:
        yield f"Which is right of its end: {ended['how']} by the ledger, {stated} by the case."


def _plan(document: Mapping[str, Any]) -> Iterator[str]:
    if document["plan"] is None:
        yield "What was planned: no plan was given to this record."


def _remarks(told: Aftermath | None) -> Iterator[str]:
    for each in told.situation["uncounted_remarks"] if told else ():
        yield str(each["text"])
