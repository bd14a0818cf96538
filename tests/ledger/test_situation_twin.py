"""Folding entry by entry gives what a slow plain twin gives from all of them, in any order."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.small_day import DAY, entries_of, uid
from ledger.small_day import HEAD as SMALL_HEAD
from lengths import at_length
from oracles import situation_plain as plain
from safepassage.ledger import counters, fold
from safepassage.ledger.events import event_of
from safepassage.ledger.situation import Expected, ExpectedCorridor, Fold, situation_at
from safepassage.ledger.store import Recorded

START = DAY + timedelta(hours=7)
EXPECTED = Expected(
    case_id="two", title="Two corridors", tz="Asia/Damascus", start=START,
    end=START + timedelta(hours=4),
    corridors=(ExpectedCorridor("a", "A"), ExpectedCorridor("b", "B")), served=(False, False),
)  # fmt: skip
AT_S = 3 * 3600
AT = START + timedelta(seconds=AT_S)
HOURS = [(0, 60), (60, 120), (120, 180)]
MOMENTS = st.one_of(
    st.integers(1, AT_S // 900).map(lambda n: 900 * n), st.integers(60, AT_S - 1)
)  # fmt: skip
PEOPLE = st.lists(st.integers(0, 300), min_size=3, max_size=3).map(sorted)


def moment(seconds):
    return (START + timedelta(seconds=seconds)).isoformat()


@st.composite
def events(draw):
    many = draw(st.integers(1, 14))
    ids = [uid(number) for number in range(1, many + 1)]
    return [draw(one(id_, ids)) for id_ in ids]


@st.composite
def one(draw, id_, ids):
    happened = draw(MOMENTS)
    low, best, high = draw(PEOPLE)
    kind = draw(st.sampled_from(["passage"] * 5 + ["status", "status", "movement", "correction"]))
    said = {
        "id": id_, "kind": kind, "happened": happened,
        "known": happened + draw(st.sampled_from([0, 60, 2000])),
        "source": draw(st.sampled_from(["p", "q", "r"])),
        "means": "radio", "status": draw(st.sampled_from(sorted(plain.RANK))),
        "corridor": draw(st.sampled_from(["a", "a", "b"])),
        "people": {"low": low, "best": best, "high": high},
    }  # fmt: skip
    if kind == "passage":
        said["counted"] = draw(st.sampled_from(["over", "in all"]))
        back = draw(st.sampled_from([0, 30, 60, 600, 900, 1200, 3600]))
        if said["counted"] == "over" or draw(st.booleans()):
            said["since_s"] = max(0, happened - back)
    elif kind == "status":
        said["state"] = draw(st.sampled_from(sorted(plain.CARE)))
    elif kind == "movement":
        said["stage"] = draw(st.sampled_from(["reached", "held"]))
    else:
        others = [other for other in [*ids, uid(99)] if other != id_]
        said["corrects"] = draw(st.sampled_from(others))
        rest = [other for other in others if other != said["corrects"]]
        said["instead"] = draw(st.sampled_from([None, *rest]))
    return said


FIELDS = {
    "passage": ("corridor", "people", "counted"), "status": ("corridor", "state"),
    "movement": ("corridor", "stage", "people"), "correction": ("corrects",),
}  # fmt: skip


def sent(said):
    """Make the event that is sent from what was drawn."""
    shared = ("id", "kind", "source", "means", "status", *FIELDS[said["kind"]])
    row = {name: said[name] for name in shared}
    row |= {"happened_at": moment(said["happened"]), "known_at": moment(said["known"])}
    if "since_s" in said:
        row["since"] = moment(said["since_s"])
    if said["kind"] == "correction":
        row |= {"text": "wrong"} | ({"instead": said["instead"]} if said["instead"] else {})
    return event_of(row)


def record(drawn):
    received = datetime(2016, 11, 4, 5, tzinfo=UTC)
    return Recorded(
        SMALL_HEAD, "twin", entries_of([(received, sent(said)) for said in drawn], SMALL_HEAD)
    )


def told(situation):
    document = situation.as_json()
    del document["ledger"]
    for row in document["corridors"]:  # the source's first word of the same is not kept for ever
        del row["state_since"]
    return document


def near(people, exact):
    """Compare whole people with fractions: a person either way, for parts rounded on the way."""
    if exact is None:
        return people is None
    return all(
        abs(people[end] - value) <= 1 for end, value in zip(plain.ENDS, exact, strict=True)
    )  # fmt: skip


@settings(max_examples=at_length(40, 120))
@given(events(), st.randoms(use_true_random=False), st.booleans())
def test_any_order_gives_what_the_plain_twin_gives(drawn, chance, tight):
    shuffled = [*drawn]
    chance.shuffle(shuffled)
    words, readings = (1, 1) if tight else (256, 4)  # what went is read again from the record
    with (
        patch.object(fold, "_WORDS_KEPT", words),
        patch.object(counters, "_READINGS_KEPT", readings),
    ):
        whole = told(situation_at(record(drawn), EXPECTED, AT))
        other = record(shuffled)
        bit_by_bit = Fold(EXPECTED, other)
        for entry in other.entries():
            bit_by_bit.add(entry)
            if chance.random() < 0.4:
                bit_by_bit.situation(AT)  # settles what was corrected so far
        assert whole == told(bit_by_bit.situation(AT))
    compare(whole, drawn)


def compare(document, drawn):
    kept, corrections = plain.standing(drawn)
    assert document["corrections"] == corrections
    for row in document["corridors"]:
        mine = [said for said in kept if said["corridor"] == row["id"]]
        passages = [said for said in mine if said["kind"] == "passage"]
        sums, hours = plain.corridor(passages, HOURS)
        assert len(row["by_hour"]) == len(HOURS)
        for hour, exact in zip(row["by_hour"], hours, strict=True):
            assert near(hour["passed"], exact), (row["id"], hour, exact)
        found = {tuple(c[k] for k in ("source", "means", "status", "counted")): c["people"]
                 for c in row["counters"]}  # fmt: skip
        assert set(found) == set(sums)
        for name, people in found.items():
            assert near(people, sums[name])
        state, disputed = plain.state([s for s in mine if s["kind"] == "status"], AT_S)
        assert (row["state"], {d["source"] for d in row["disputed"]}) == (state, disputed)
        assert row["stages"] == plain.stages([s for s in mine if s["kind"] == "movement"])
