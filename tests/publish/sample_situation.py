"""A situation as the ledger gives it: Aleppo's corridors in an exercise, at 12:40 local time."""

from __future__ import annotations

from typing import Any

AT = "2016-11-04T10:45:00Z"


def people(best: int, low: int | None = None, high: int | None = None) -> dict[str, int]:
    return {"low": best if low is None else low, "best": best, "high": high or best}


def counter(source: str, best: int, **more: Any) -> dict[str, Any]:
    return {
        "source": source, "means": "tally sheet", "status": "observed", "people": people(best),
        "from": "2016-11-04T08:00:00Z", "until": "2016-11-04T10:30:00Z", "armed": "unarmed", **more,
    }  # fmt: skip


def corridor(id_: str, name: str, name_ar: str | None, **more: Any) -> dict[str, Any]:
    return {
        "id": id_, "name": name, "name_ar": name_ar, "users": "civilian", "located": True,
        "state": "unknown", "state_since": None, "state_known_at": None, "state_age_min": None,
        "state_source": None, "state_status": None, "state_by": None, "disputed": [],
        "passed": None, "rule": "No count has come in.", "planned": None, "counters": [],
        "by_hour": [], "stages": {}, "carrying": "not known", "test_movement": None,
        "last_safe_departure": None, "flow_per_min": None, **more,
    }  # fmt: skip


def state(name: str, since: str, age: int, source: str, **more: Any) -> dict[str, Any]:
    return {
        "state": name, "state_since": since, "state_known_at": since, "state_age_min": age,
        "state_source": source, "state_status": "reported", **more,
    }  # fmt: skip


def situation() -> dict[str, Any]:
    """Give a fresh document with something of everything."""
    return {
        "schema_version": "1.0", "kind": "situation",
        "tool": {"name": "safepassage", "version": "0"}, "inputs": [], "attribution": [],
        "exercise": True, "as_known_at": AT,
        "ledger": {"id": "4b8c0d0e-0000-4000-8000-000000000001", "sequence": 431,
                   "hash": "ab" * 32},
        "case": {"id": "aleppo-2016-11-04", "tz": "Asia/Damascus",
                 "title": "East Aleppo: humanitarian pause of 4 November 2016"},
        "window": {"start": "2016-11-04T07:00:00Z", "end": "2016-11-04T17:00:00Z", "changes": [],
                   "state": "open", "minutes_left": 375},
        "people_out": people(1243, 1180, 1402), "received": people(610, 580, 640),
        "corridors": _corridors(),
        "curve": {"start": "2016-11-04T08:00:00Z", "step_min": 1,
                  "planned": [17 * minute for minute in range(390)],
                  "passed": {k: [v * minute for minute in range(166)]
                             for k, v in (("low", 7), ("best", 8), ("high", 9))},
                  "projection": {"from": AT, "low": [1180, 1900], "best": [1243, 2600],
                                 "high": [1402, 3300]},
                  "projection_rule": "The rate of the last hour, between its half and its double."},
        "incidents": _incidents(), "incidents_total": 2,
        "alarms": _alarms(),
        "assurances": [
            {"id": "a1", "party": "Near side", "words": "No fire on the road until 16:00.",
             "expires_at": "2016-11-04T11:30:00Z", "corridor": "bustan-al-qasr",
             "happened_at": "2016-11-04T06:10:00Z", "known_at": "2016-11-04T06:10:00Z",
             "source": "liaison-1", "status": "reported"},
        ],
        "contacts": [
            {"id": "c1", "party": "Near side", "answered": True, "source": "liaison-1",
             "happened_at": "2016-11-04T10:20:00Z", "known_at": "2016-11-04T10:21:00Z"},
            {"id": "c2", "party": "Far side", "answered": False, "source": "liaison-1",
             "happened_at": "2016-11-04T10:31:00Z", "known_at": "2016-11-04T10:31:00Z"},
        ],
        "notifications": [
            {"id": f"m{n}", "party": party, "step": step, "pack_sha256": "5a" * 32,
             "source": "liaison-1", "means": "message", "status": "reported", **more,
             "happened_at": f"2016-11-04T{time}:00Z", "known_at": f"2016-11-04T{time}:00Z"}
            for n, (party, step, time, more) in enumerate((
                ("Near side", "sent", "06:00", {}), ("Far side", "sent", "06:05", {}),
                ("Near side", "received", "06:30", {}),
                ("Far side", "received", "09:50", {}),
                ("Far side", "objected", "10:05", {"text": "Not before 13:00"}),
                ("Third side", "sent", "09:00", {}),
            ))
        ],
        "decisions": [
            {"id": "d1", "by": "coordinator", "decision": "go", "corridor": "bustan-al-qasr",
             "text": "First wave may go.", "happened_at": "2016-11-04T08:00:00Z",
             "known_at": "2016-11-04T08:00:00Z"},
            {"id": "d2", "by": "coordinator", "decision": "hold", "corridor": "salah-al-din",
             "text": "Hold until the test movement is back.",
             "happened_at": "2016-11-04T09:40:00Z", "known_at": "2016-11-04T09:40:00Z"},
        ],
        "test_movements": [
            {"id": "t1", "corridor": "bustan-al-qasr", "result": "passed", "source": "team-1",
             "happened_at": "2016-11-04T07:40:00Z", "known_at": "2016-11-04T07:45:00Z"},
        ],
        "notes": [
            {"id": "n1", "text": "The water point near the crossing is empty.",
             "corridor": "bustan-al-qasr", "source": "team-1",
             "happened_at": "2016-11-04T10:05:00Z", "known_at": "2016-11-04T10:05:00Z"},
        ],
        "plan": {"sha256": "cd" * 32, "adopted_at": "2016-11-04T06:50:00Z", "by": "coordinator",
                 "event": "p1"},
        "corrections": 2,
        "uncounted_remarks": [
            {"corridor": "sheikh-saeed", "text": "A count of team-3 overlaps one it sent before."},
        ],
    }  # fmt: skip


def _corridors() -> list[dict[str, Any]]:
    return [
        corridor(
            "bustan-al-qasr", "Bustan al-Qasr – Mashariqa", "بستان القصر",
            **state("open", "2016-11-04T07:05:00Z", 12, "team-1", state_by="Far side"),
            passed=people(903, 880, 940), rule="Two counters: the mean, between the two.",
            planned=1500,
            counters=[counter("team-1", 880), counter("camera-2", 940, means="camera",
                                                      armed="not known")],
            by_hour=[{"from": "2016-11-04T08:00:00Z", "until": "2016-11-04T09:00:00Z",
                      "planned": 480, "passed": people(301), "counters": []}],
            stages={"received": people(610, 580, 640), "turned back": people(7)},
            carrying="unarmed",
            test_movement={"result": "passed", "at": "2016-11-04T07:40:00Z", "source": "team-1"},
            last_safe_departure="2016-11-04T15:41:00Z",
            flow_per_min={"last_15": 6.4, "planned": 16},
        ),
        corridor(
            "salah-al-din", "Salah al-Din and Saif al-Dawla – Hamdaniyah", "صلاح الدين",
            **state("restricted", "2016-11-04T09:35:00Z", 52, "team-2"),
            disputed=[{"state": "open", "source": "camera-2", "known_at": "2016-11-04T10:00:00Z",
                       "status": "alleged", "event": "s2"}],
            passed=people(337, 297, 459), rule="One counter.", planned=900,
            counters=[counter("team-2", 337)], carrying="mixed",
            flow_per_min={"last_15": 0, "planned": 16},
        ),
        corridor(
            "sheikh-saeed", "Sheikh Saeed – al-Hadir road", "الشيخ سعيد",
            **state("closed", "2016-11-04T08:10:00Z", 155, "team-3", state_by="Near side"),
            passed=people(3), rule="One counter.", counters=[counter("team-3", 3)],
        ),
        corridor("civilian-4", "Fourth civilian corridor", None, located=False),
        corridor("civilian-5", "Fifth civilian corridor", None, located=False),
        corridor("civilian-6", "Sixth civilian corridor", None, located=False),
        corridor("castello-road", "Castello Road (armed groups)", "الكاستيلو", users="armed",
                 **state("closed", "2016-11-04T09:58:00Z", 47, "team-4"), passed=people(41)),
        corridor("souk-al-hal", "Souk al-Hal – Mashariqa (armed groups)", "سوق الهال",
                 users="armed"),
    ]  # fmt: skip


def _incidents() -> list[dict[str, Any]]:
    return [
        {
            "id": "i2", "happened_at": "2016-11-04T10:02:00Z", "known_at": "2016-11-04T10:09:00Z",
            "source": "centre-1", "means": "announcement", "status": "alleged", "what": "shelling",
            "corridor": "castello-road", "place": "Castello Road", "times": 7, "killed": None,
            "injured": people(2, 2, 3), "text": "Seven impacts, as one side reported them.",
            "claims": [{"by": "Far side", "holds_responsible": "Near side"}],
        },
        {
            "id": "i1", "happened_at": "2016-11-04T09:12:00Z", "known_at": "2016-11-04T09:15:00Z",
            "source": "team-2", "means": "eyewitness count", "status": "observed",
            "what": "crowding", "corridor": "salah-al-din", "place": None, "times": None,
            "killed": None, "injured": None, "claims": [], "text": None,
        },
    ]  # fmt: skip


def _alarms() -> list[dict[str, Any]]:
    return [
        {
            "id": "status unknown:sheikh-saeed", "kind": "status unknown", "level": "warning",
            "corridor": "sheikh-saeed", "since": "2016-11-04T08:40:00Z",
            "text": "Sheikh Saeed: nobody has said for 155 minutes whether it is open.",
            "text_ar": "الشيخ سعيد: لم يقل أحد منذ 155 دقيقة إن كان مفتوحاً.",
        },
        {
            "id": "armed and unarmed mixed:salah-al-din", "kind": "armed and unarmed mixed",
            "level": "alarm", "corridor": "salah-al-din", "since": "2016-11-04T10:11:00Z",
            "text": "Salah al-Din: armed and unarmed people counted together.",
            "text_ar": "صلاح الدين: عُدّ مسلحون وغير مسلحين معاً.",
        },
    ]  # fmt: skip
