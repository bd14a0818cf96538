"""Name the columns of a record's tables, what they mean, and where each cell comes from."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["CEASEFIRES", "INCIDENTS", "PLANNED_ACTUAL", "Column"]

_EMPTY = "left empty: it is coded by the data set's own coders, and no code is guessed"
_THEIRS = "left empty: the data set's own identifier"
_END = "record.json, ended.at, local; only of a side with hours"
_NO_ACTOR = "left empty: no actor is named, so that nobody is made to blame; claims stand in notes"


class Column(NamedTuple):
    """Hold a column's name, what it means, and where its cells come from."""

    name: str
    meaning: str
    origin: str = _EMPTY


CEASEFIRES = (
    Column("cc", "number of the ceasefire", _THEIRS),
    Column("cf_id", "identifier of the ceasefire", _THEIRS),
    Column("uniq_id", "identifier of the row", "made here: case, side and its number"),
    Column("location", "country", "the case, outcome.country; empty where it does not say"),
    Column("region", "region of the world"),
    Column("link", "other ceasefires that this one follows from", _THEIRS),
    Column("ucdp_actor_id", "UCDP's identifier of the side", _THEIRS),
    Column("actor_name", "the side", "the issuer as the text names it, or the party of an answer"),
    Column("ucdp_acd_id", "UCDP's identifier of the conflict", _THEIRS),
    Column("ucdp_dyad", "UCDP's identifier of the dyad", _THEIRS),
    Column("pax_id", "PA-X's identifier of an agreement", _THEIRS),
    Column("side", "side of the conflict"),
    Column("cf_dec_yr", "year of the declaration", "the side's first text that says its day"),
    Column("cf_dec_month", "month of the declaration", "the side's first text that says its day"),
    Column("cf_dec_day", "day of the declaration", "the side's first text that says its day"),
    Column("cf_effect_yr", "year it took effect", "first hours of the side's own texts, local"),
    Column("cf_effect_month", "month it took effect", "first hours of the side's own texts, local"),
    Column("cf_effect_day", "day it took effect", "first hours of the side's own texts, local"),
    Column("partial", "whether it is partial"),
    Column("written", "whether it is written"),
    Column("fixed", "whether its time is fixed"),
    Column("fixed_time", "the time that is fixed"),
    Column("nsa_frac", "fractions of the armed group"),
    Column("p_humanitarian", "1: for a humanitarian purpose",
           "1 where a text of this side announces a humanitarian pause or corridor"),
    Column("p_peaceprocess", "for a peace process"),
    Column("p_holiday", "for a holiday"),
    Column("p_election", "for an election"),
    Column("p_other", "for another purpose"),
    Column("p_other_comment", "which other purpose"),
    Column("p_unclear", "purpose unclear"),
    Column("cf_pp", "part of a peace process"),
    Column("ceasefire_class", "class of the ceasefire"),
    Column("timing", "timing"),
    Column("mediator_nego", "whether somebody mediated"),
    Column("mediator_send", "whether somebody passed messages"),
    Column("implement", "mechanism for implementation"),
    Column("enforcement", "mechanism for enforcement"),
    Column("ddr", "disarmament, demobilisation, reintegration"),
    Column("splinter", "splinter group"),
    Column("ended", "how it ended, in the data set's codes"),
    Column("end_yr", "year it ended", _END),
    Column("end_month", "month it ended", _END),
    Column("end_day", "day it ended", _END),
    Column("truce", "truce"),
    Column("evidence_onset", "evidence of its beginning"),
    Column("evidence_end", "evidence of its end"),
    Column("comment", "what this side announced or answered, as who says; how it ended",
           "announcements, the case's consent, record.json ended.how"),
)  # fmt: skip
"""Columns of ``ceasefires.csv``: those of the ETH/PRIO Civil Conflict Ceasefire data set (Clayton
et al. 2022, doi 10.1177/00220027221129195), a row for each side."""

INCIDENTS = (
    Column("event_id_cnty", "identifier", "made here: case and number, no identifier of ACLED"),
    Column("event_date", "day, local", "the time that the source gives"),
    Column("year", "year, local", "the time that the source gives"),
    Column("time_precision", "1: the day is known", "always 1: every incident told has its day"),
    Column("disorder_type", "ACLED's type of disorder", "follows from event_type"),
    Column("event_type", "ACLED's type of event",
           "what was told, where that names one type for sure whoever did it; else empty"),
    Column("sub_event_type", "ACLED's sub-type", "the same"),
    Column("actor1", "actor", _NO_ACTOR),
    Column("assoc_actor_1", "associated actor", _NO_ACTOR),
    Column("inter1", "kind of actor", _NO_ACTOR),
    Column("actor2", "other actor", _NO_ACTOR),
    Column("assoc_actor_2", "associated actor", _NO_ACTOR),
    Column("inter2", "kind of actor", _NO_ACTOR),
    Column("interaction", "kinds of actors", _NO_ACTOR),
    Column("civilian_targeting", "whether civilians were the target",
           "left empty: a finding of intent that no report here makes"),
    Column("iso", "ISO number of the country"),
    Column("region", "region of the world"),
    Column("country", "country", "the case, outcome.country; empty where it does not say"),
    Column("admin1", "first administrative level"),
    Column("admin2", "second administrative level"),
    Column("admin3", "third administrative level"),
    Column("location", "town", "the case, place.name"),
    Column("latitude", "degrees, of the town", "the case, place.lat; not where it fell"),
    Column("longitude", "degrees, of the town", "the case, place.lon; not where it fell"),
    Column("geo_precision", "1: the town is known", "always 1: the place is the town"),
    Column("source", "who says so", "the case's source, or the ledger's event"),
    Column("source_scale", "scale of the source"),
    Column("notes", "how sure, by whom, what, when, where; claims as claims",
           "the report, its status and its claims"),
    Column("fatalities", "people killed as told; empty where no figure was told",
           "the report's best figure; nothing is taken for zero"),
    Column("tags", "tags"),
    Column("timestamp", "when ACLED stored it", _THEIRS),
)  # fmt: skip
"""Columns of ``incidents.csv``: those of ACLED, a row for each incident that was told."""

_COUNTED = "the ledger's counts of the hour, reconciled by the rule"
PLANNED_ACTUAL = (
    Column("corridor", "identifier of the corridor, for civilians", "the case"),
    Column("corridor_name", "name of the corridor", "the case"),
    Column("from", "local time", "whole hours after the announced start"),
    Column("until", "local time", "whole hours after the announced start"),
    Column("planned", "people past the crossing by the schedule; empty without a plan",
           "plan.json, corridors[].schedule_passed"),
    Column("counted_low", "people counted, no fewer than; empty where nobody counted", _COUNTED),
    Column("counted_best", "people counted, best figure", _COUNTED),
    Column("counted_high", "people counted, no more than", _COUNTED),
    Column("counted_by", "who counted in that hour", "the ledger"),
    Column("rule", "how counts that differ were reconciled", "the situation's rule"),
)  # fmt: skip
"""Columns of ``planned_actual.csv``, a row for each corridor and hour."""
