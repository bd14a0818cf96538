from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from safepassage.base.errors import Defect, InputError
from safepassage.publish.cap import Alert, Area, Info, Reference, read_alert, to_xml

SENT = datetime(2016, 11, 4, 7, 0, tzinfo=timezone(timedelta(hours=2)))
SQUARE = ((36.1, 37.1), (36.2, 37.1), (36.2, 37.2), (36.1, 37.2), (36.1, 37.1))
INFO = Info(
    language="en", event="Humanitarian pause", response="Monitor", urgency="Expected",
    severity="Unknown", certainty="Possible", sender_name="Coordination",
    headline="Announced: 09:00 to 19:00", description="Two corridors <West> & East.",
    instruction="Leaving is a choice.", effective=SENT, expires=SENT + timedelta(hours=12),
    areas=(Area("Town", SQUARE),),
)  # fmt: skip
ALERT = Alert(
    identifier="town-20161104-1", sender="coordination.example.org", sent=SENT, status="Draft",
    message="Alert", infos=(INFO, replace(INFO, language="ar", headline="هدنة إنسانية")),
)  # fmt: skip
UPDATE = replace(
    ALERT, identifier="town-20161104-2", message="Update", source="duty officer",
    references=(
        Reference("coordination.example.org", "town-20161104-1", "2016-11-04T07:00:00+02:00"),
    ),
)  # fmt: skip


@pytest.mark.parametrize("alert", [ALERT, UPDATE])
def test_what_is_written_is_read_again(alert):
    assert read_alert(to_xml(alert), "a.xml") == alert


def test_a_later_alert_names_an_earlier_one_as_the_standard_does():
    assert str(ALERT.reference) == (
        "coordination.example.org,town-20161104-1,2016-11-04T07:00:00+02:00"
    )


def test_elements_stand_in_the_order_of_the_standard():
    root = etree.fromstring(to_xml(UPDATE))
    names = [etree.QName(each).localname for each in root]
    assert names == ["identifier", "sender", "sent", "status", "msgType", "source", "scope",
                     "references", "info", "info"]  # fmt: skip
    assert [etree.QName(each).localname for each in root[-1]] == [
        "language", "category", "event", "responseType", "urgency", "severity", "certainty",
        "effective", "expires", "senderName", "headline", "description", "instruction", "area",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"identifier": "with blank"}, {"identifier": "a,b"}, {"sender": "a&b"}, {"sender": ""},
        {"sent": SENT.replace(tzinfo=None)}, {"status": "Published"}, {"message": "Alarm"},
        {"infos": (replace(INFO, urgency="Now"),)}, {"infos": (replace(INFO, event=" "),)},
        {"infos": (replace(INFO, expires=SENT.replace(tzinfo=None)),)},
    ],
)  # fmt: skip
def test_what_the_standard_does_not_allow_is_not_written(change):
    with pytest.raises(Defect, match="does not fit its schema"):
        to_xml(replace(ALERT, **change))


def test_utc_is_written_with_an_offset_in_figures():
    data = to_xml(replace(ALERT, sent=SENT.astimezone(UTC)))
    assert b"<sent>2016-11-04T05:00:00+00:00</sent>" in data


@pytest.mark.parametrize(
    ("polygon", "why"),
    [
        (((0, 0), (1, 1), (1, 0), (0, 1), (0, 0)), "self-intersection"),
        (((0, 0), (0, 1), (1, 1), (1, 0)), "does not close"),
        (((0, 0), (0, 1), (0, 0)), "does not close"),
    ],
)
def test_a_border_that_crosses_itself_is_refused_with_its_area(polygon, why):
    wrong = replace(INFO, areas=(Area("East", polygon),))
    with pytest.raises(InputError, match=f"(?i)area East: .*{why}"):
        to_xml(replace(ALERT, infos=(wrong,)))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no xml", b"<alert/>", to_xml(ALERT).replace(b"Draft", b"Ready"),
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    ],
)  # fmt: skip
def test_what_is_no_alert_is_refused(data):
    with pytest.raises(InputError, match=r"wrong\.xml"):
        read_alert(data, "wrong.xml")
