"""Several texts about one pause: extensions, changes and texts that call it off."""

from __future__ import annotations

import pytest

from declaration import corpus
from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import conflicts, read, read_file, to_json
from safepassage.declaration.reader import CalledOff, read_announcements
from safepassage.declaration.versions import doubts_of, standing, versions

RUSSIA = "Russian Defence Ministry"
FIRST = (
    "17 October 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo, "
    "Syria, on Thursday, 20 October 2016, {hours}. Six corridors will be opened for civilians and "
    "two for armed groups, who may leave with their weapons."
)
LATER = "{day} October 2016\n\nThe Russian Defence Ministry {text}"


def said(text, name):
    try:
        return read(text, name=name)
    except CalledOff as off:
        return off.declaration


def first(hours="from 8 am to 4 pm"):
    return said(FIRST.format(hours=hours), "first")


def later(text, day=19, name="later"):
    return said(LATER.format(day=day, text=text), name)


def hours_of(declaration):
    windows = declaration.as_json()["windows"]
    return [(w["start"], w["end"], *([w["until"]] if w["recurrence"] else [])) for w in windows]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("has extended the humanitarian pause in Aleppo until 19:00.", "2016-10-20T19:00"),
        ("has extended the humanitarian pause in Aleppo by three hours.", "2016-10-20T19:00"),
        ("has extended the humanitarian pause in Aleppo by 24 hours.", "2016-10-21T16:00"),
        ("has extended the humanitarian pause in Aleppo until 19:00 on 20 October.",
         "2016-10-20T19:00"),
        ("has extended the humanitarian pause in Aleppo by three hours until 7 p.m. on Thursday.",
         "2016-10-20T19:00"),
    ],
)  # fmt: skip
def test_an_extension_gives_the_new_window_from_the_earlier_text(text, end):
    (pause,) = versions([first(), later(text)])
    assert hours_of(pause.declaration) == [("2016-10-20T08:00", end)]
    assert (pause.came_from["windows"], pause.came_from["windows.end"]) == ("first", "later")
    assert pause.came_from["weapons"] == "first"
    assert pause.declaration.weapons == "keep"
    assert pause.declaration.corridors.total == 8
    (link,) = pause.links
    assert (link.later, link.earlier, link.how) == ("later", "first", "extends")
    assert link.quote in text
    assert pause.doubts == ()


def test_extensions_follow_one_another():
    texts = [
        first(),
        later("has extended the humanitarian pause in Aleppo until 19:00.", name="second"),
        later("has extended the humanitarian pause in Aleppo by 24 hours.", day=20, name="third"),
        later("has extended the humanitarian pause in Aleppo by 24 hours.", day=21, name="fourth"),
    ]
    (pause,) = versions(texts[::-1])  # in whatever order they are given
    assert hours_of(pause.declaration) == [("2016-10-20T08:00", "2016-10-22T19:00")]
    assert [text.text_name for text in pause.texts] == ["first", "second", "third", "fourth"]
    assert [link.earlier for link in pause.links] == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("has extended the humanitarian pause in Aleppo by three hours until 20:00.",
         [("2016-10-20T08:00", "2016-10-20T16:00")]),
        ("has extended the humanitarian pause in Aleppo until 15:00.",
         [("2016-10-20T08:00", "2016-10-20T16:00")]),
        ("has extended the humanitarian pause in Aleppo for another three days.",
         [("2016-10-20T08:00", "2016-10-20T16:00")]),
        ("has extended the humanitarian pause in Aleppo.",
         [("2016-10-20T08:00", "2016-10-20T16:00")]),
        ("announced that the start of the pause in Aleppo had been moved to 9 a.m.", []),
    ],
)  # fmt: skip
def test_hours_that_are_not_certain_are_doubted_and_never_made_up(text, hours):
    (pause,) = versions([first(), later(text)])
    assert hours_of(pause.declaration) == hours
    (doubt,) = pause.doubts
    assert doubt.startswith("later: it ")


def test_daily_hours_are_extended_by_days():
    daily = said(
        "17 October 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo, "
        "Syria, from 20 October to 25 October 2016, from 8 am to 4 pm every day.", "first",
    )  # fmt: skip
    (pause,) = versions(
        [daily, later("has extended the humanitarian pause in Aleppo for another three days.")]
    )
    assert hours_of(pause.declaration) == [("2016-10-20T08:00", "2016-10-20T16:00", "2016-10-28")]


def test_hours_stated_in_full_replace_the_earlier_ones():
    text = (
        "has extended the humanitarian pause in Aleppo. "
        "It will last from 08:00 to 19:00 on 20 October."
    )
    (pause,) = versions([first(), later(text)])
    assert hours_of(pause.declaration) == [("2016-10-20T08:00", "2016-10-20T19:00")]
    assert pause.came_from["windows"] == "later"


def test_a_pause_called_off_does_not_stand():
    off = later("called off the humanitarian pause in Aleppo.")
    (pause,) = versions([first(), off])
    assert pause.called_off
    assert pause.links[0].how == "cancels"
    assert standing([first(), off]) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("has extended the humanitarian pause in Homs until 19:00.", 19),
        ("has extended the humanitarian pause in Aleppo until 19:00.", 16),
        ("has extended the humanitarian pause in Aleppo until 19:00.", 28),
    ],
    ids=["another place", "an earlier day", "long over"],
)
def test_nothing_is_merged_unless_it_is_certainly_one_pause(text, day):
    known = first()
    assert {hours_of(each)[0] for each in standing([known, later(text, day)]) if each.windows} == {
        ("2016-10-20T08:00", "2016-10-20T16:00")
    }
    assert len(versions([known, later(text, day)])) == 2
    (doubt,) = doubts_of([known, later(text, day)])
    assert doubt == (
        "later extends an earlier announcement; none of the texts read is certainly the one meant."
    )


def test_another_side_cannot_extend_it():
    other = said(
        "19 October 2016\n\nThe Turkish Foreign Ministry has extended the humanitarian pause in "
        "Aleppo until 19:00.", "other",
    )  # fmt: skip
    assert len(versions([first(), other])) == 2


DIFFERENT = (
    "first and again, both by Russian Defence Ministry, give different hours, and neither says "
    "that it replaces the other."
)


def test_two_that_fit_are_not_certain():
    again = said(FIRST.format(hours="from 9 am to 5 pm"), "again")
    texts = [first(), again, later("has extended the humanitarian pause in Aleppo until 19:00.")]
    assert len(versions(texts)) == 3
    assert doubts_of(texts) == (
        "later extends an earlier announcement; which of 2 is not certain, so nothing was merged.",
        DIFFERENT,
    )


def test_an_answer_given_later_counts():
    refusing = later(
        "has extended the humanitarian pause in Aleppo until 19:00. The Government of Syria has "
        "approved the pause."
    )
    (pause,) = versions([first(), refusing])
    assert [(each.party, each.status) for each in pause.declaration.consent] == [
        ("Government of Syria", "approved")
    ]


def test_each_answer_and_count_keeps_the_words_and_text_it_comes_from():
    known = said(
        FIRST.format(hours="from 8 am to 4 pm")
        + " The Government of Syria has approved the pause.",
        "first",
    )
    after = later(
        "has extended the humanitarian pause in Aleppo until 19:00. The Government of Turkey has "
        "approved the pause. Three corridors will be opened for armed groups."
    )
    (pause,) = versions([known, after])
    merged = pause.declaration
    assert [each.party for each in merged.consent] == [
        "Government of Syria",
        "Government of Turkey",
    ]
    assert "Syria" in merged.evidence["consent.0"].quote
    assert "Turkey" in merged.evidence["consent.1"].quote
    assert (pause.came_from["consent.0"], pause.came_from["consent.1"]) == ("first", "later")
    assert merged.corridors.civilian == 6
    assert merged.corridors.armed == 3
    assert pause.came_from["corridors.civilian"] == "first"
    assert merged.evidence["corridors.civilian"].quote in known.text
    assert merged.evidence["corridors.armed"].quote in after.text


def test_two_files_of_one_name_are_told_apart():
    document = to_json(
        [first(), later("has extended the humanitarian pause in Aleppo until 19:00.", name="first")]
    )
    assert [bool(each["supersedes"]) for each in document["declarations"]] == [False, True]


def test_conflicts_are_between_terms_that_stand():
    syrian = said(
        "19 October 2016\n\nThe General Staff of the Syrian army announced a humanitarian pause in "
        "Aleppo, Syria, on 20 October 2016 from 8 am to 7 pm.", "syrian",
    )  # fmt: skip
    extends = later("has extended the humanitarian pause in Aleppo until 19:00.")
    assert [each.field for each in conflicts([first(), syrian])] == ["windows"]
    assert conflicts([first(), extends, syrian]) == ()


def test_the_document_links_the_later_text_to_the_earlier():
    document = to_json(
        [first(), later("has extended the humanitarian pause in Aleppo until 19:00.")]
    )
    one, two = document["declarations"]
    assert one["supersedes"] is None
    assert two["supersedes"] == {
        "text_name": "later", "supersedes": "first", "supersedes_sha256": one["text_sha256"],
        "how": "extends",
        "quote": "extended the humanitarian pause in Aleppo until 19:00",
    }  # fmt: skip
    (pause,) = document["pauses"]
    assert (pause["status"], pause["texts"]) == ("stands", ["first", "later"])
    assert pause["terms"]["windows"][0]["end"] == "2016-10-20T19:00"
    assert pause["from"]["windows.end"] == "later"


def test_files_are_read_with_those_that_call_off(tmp_path):
    one, two, three = (tmp_path / name for name in ("one.txt", "two.txt", "three.txt"))
    one.write_text(FIRST.format(hours="from 8 am to 4 pm"), encoding="utf-8")
    two.write_text(
        LATER.format(day=19, text="called off the humanitarian pause in Aleppo."), encoding="utf-8"
    )
    three.write_text("20 October 2016\n\nIt rained in Aleppo.", encoding="utf-8")
    assert [each.cancels for each in read_announcements([one, two])] == [False, True]
    with pytest.raises(CalledOff):
        read_announcements([two])
    with pytest.raises(NothingAnnounced, match=r"three\.txt: announces no pause"):
        read_announcements([one, three])


def test_the_two_statements_on_aleppo_clash_on_these_three_points_and_no_other():
    both = [read_file(path) for path in sorted(corpus.BUILT_IN.glob("*.txt"))]
    found = conflicts(both)
    assert sorted(each.field for each in found) == ["corridors.armed", "destinations", "weapons"]
    for each in found:
        russian, syrian = sorted(each.values, key=lambda said: said.issuer)
        assert (russian.issuer, syrian.issuer) == (RUSSIA, "Syrian General Staff")
        assert russian.quote
        assert syrian.quote
        assert each.sentence.count("says:") == 2
    assert len(versions(both)) == 2
    assert doubts_of(both) == ()
