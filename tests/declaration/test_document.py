from __future__ import annotations

import json

import jsonschema
import pytest

from declaration import corpus
from safepassage.base.provenance import sha256
from safepassage.declaration import read, read_file, to_json

SCHEMA = json.loads(
    (corpus.ROOT / "src/safepassage/base/schemas/declarations.schema.json").read_text(
        encoding="utf-8"
    )
)
PINNED = {
    "kind", "issuer", "announced_on", "place", "tz", "windows", "corridors", "weapons", "consent",
    "guarantors", "previous", "evidence",
}  # fmt: skip


@pytest.fixture(scope="module")
def both():
    paths = sorted(corpus.BUILT_IN.glob("*.txt"))
    return to_json([read_file(path) for path in paths])


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_text_of_the_corpus_fits_the_schema():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for name in corpus.telling():
        validator.validate(to_json([corpus.read_of(name)]))


def test_the_document_is_stamped(both):
    assert both["kind"] == "declarations"
    assert both["schema_version"] == "1.1"
    assert both["tool"]["name"] == "safepassage"
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.BUILT_IN.glob("*.txt"))]
    assert [each["sha256"] for each in both["inputs"]] == [sha256(text) for text in texts]
    assert any("GeoNames" in credit for credit in both["attribution"])


def test_the_pinned_shape(both):
    assert json.loads(json.dumps(both)) == both
    assert both.keys() >= {"declarations", "conflicts"}
    for declaration in both["declarations"]:
        assert declaration.keys() >= PINNED
        assert declaration["place"].keys() == {"name", "lat", "lon"}
        assert declaration["windows"][0]["start"] == "2016-11-04T09:00"
        assert {"start", "end", "recurrence"} <= declaration["windows"][0].keys()
        assert declaration["corridors"].keys() == {"total", "civilian", "armed"}
        for consent in declaration["consent"]:
            assert {"party", "status", "stated_by", "to_which_terms"} <= consent.keys()
        for evidence in declaration["evidence"].values():
            assert evidence.keys() == {"quote", "start", "end", "confidence"}
    assert len(both["conflicts"]) == 3


def test_a_window_without_an_end_is_null_in_json_and_kept_from_planning():
    declaration = read(corpus.text_of("open-end"))
    assert declaration.windows == ()
    assert declaration.open_windows[0].start.isoformat() == "2024-11-27T04:00:00"
    (window,) = declaration.as_json()["windows"]
    assert (window["start"], window["end"]) == ("2024-11-27T04:00", None)


def test_unknown_is_null():
    document = read("The army announced a humanitarian pause for civilians.").as_json()
    assert document["windows"] == []
    assert document["corridors"] == {"total": None, "civilian": None, "armed": None}
    for field in ("announced_on", "place", "tz", "weapons", "previous"):
        assert document[field] is None


@pytest.mark.parametrize(
    "path",
    ["place.name", "place.lat", "place.lon", "windows.0.start", "windows.0.end",
     "windows.0.recurrence", "corridors.total", "corridors.civilian", "corridors.armed",
     "consent.0.party", "consent.0.status", "consent.0.stated_by", "consent.0.to_which_terms",
     "previous.kind", "previous.around", "previous.outcome", "evidence.kind.quote",
     "evidence.kind.start", "evidence.kind.end", "evidence.kind.confidence"],
)  # fmt: skip
def test_the_schema_asks_for_each_pinned_part(path):
    text = (
        "2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo, "
        "Syria, on 4 November 2016 from 9 am to 7 pm. The Government of Syria has approved the "
        "pause. A similar pause on 20 October collapsed."
    )
    document = to_json([read(text)])
    jsonschema.validate(document, SCHEMA)
    *steps, last = path.split(".")
    part = document["declarations"][0]
    for step in steps:
        part = part[int(step) if step.isdecimal() else step]
    del part[last]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


def test_keys_of_ours_may_be_added(both):
    document = json.loads(json.dumps(both))
    document["declarations"][0]["ours"] = 1
    jsonschema.validate(document, SCHEMA)


def test_the_schema_refuses_what_is_not_pinned(both):
    for field in sorted(PINNED):
        broken = json.loads(json.dumps(both))
        del broken["declarations"][0][field]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA)
    broken = json.loads(json.dumps(both))
    broken["declarations"][0]["windows"][0]["start"] = "2016-11-04T09:00:00Z"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)
