"""The catalogues of the pages: both languages say all there is to say, and no text is in code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale

from safepassage.ledger import events
from safepassage.ledger.alarms import KINDS as ALARMS
from safepassage.ledger.projection import PROJECTION_RULE
from safepassage.ledger.reconcile import RULE

WEB = Path(__file__).resolve().parents[2] / "web" / "src"
CATALOGUES = {
    name: json.loads((WEB / "words" / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("en", "ar")
}
EN, AR = CATALOGUES["en"], CATALOGUES["ar"]
SLOT = re.compile(r"\{(\w+)\}")
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for room in ("room", "reporter", "words", "chart")
    for path in sorted((WEB / room).glob("*.ts"))
    if path.name != "curve.ts"  # the brief's, in English
)


def said(entry):
    return [entry] if isinstance(entry, str) else list(entry.values())


def test_both_languages_have_the_same_keys():
    assert set(EN) == set(AR)
    assert all(isinstance(EN[key], str) == isinstance(AR[key], str) for key in EN)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_plurals_are_those_of_the_language(language):
    wanted = Locale(language).plural_form.tags | {"other"}
    for key, entry in CATALOGUES[language].items():
        if not isinstance(entry, str):
            assert {"other"} <= set(entry) <= wanted, key
            assert key.startswith("reporter.") or wanted - {"zero"} <= set(entry), key


def test_the_same_things_are_filled_in():
    for key in EN:
        slots = {slot for text in said(EN[key]) for slot in SLOT.findall(text)}
        other = {slot for text in said(AR[key]) for slot in SLOT.findall(text)}
        assert other <= slots, key
        assert slots - {"n"} <= other | {"hours", "minutes"} or key.startswith("said."), key


def test_arabic_is_arabic():
    foreign = re.compile(r"[A-Za-z]{2,}")
    known = {"Ctrl", "XLSForm", "XForm", "Kobo", "ODK", "SHA"}
    for key, entry in AR.items():
        for text in said(entry):
            assert set(foreign.findall(SLOT.sub("", text))) <= known, key


def test_every_word_of_the_ledger_has_its_words():
    families = {
        "means": get_args(events.Means), "status": get_args(events.Status),
        "kind": events.KINDS, "alarm": ALARMS,
        "state": get_args(events.StatusChanged.model_fields["state"].annotation),
        "what": get_args(events.Incident.model_fields["what"].annotation),
        "stage": get_args(events.Movement.model_fields["stage"].annotation),
        "carrying": get_args(events.Passage.model_fields["carrying"].annotation),
        "counted": get_args(events.Passage.model_fields["counted"].annotation),
        "result": get_args(events.TestMovement.model_fields["result"].annotation),
        "decision": get_args(events.Decision.model_fields["decision"].annotation),
        "step": get_args(events.Notification.model_fields["step"].annotation),
    }  # fmt: skip
    missing = {f"{family}.{word}" for family, words in families.items() for word in words} - set(EN)
    assert missing == set()
    assert {RULE, PROJECTION_RULE} <= {each for entry in EN.values() for each in said(entry)}


def test_the_form_asks_for_every_field_of_every_kind():
    told = (WEB / "room" / "kinds.ts").read_text(encoding="utf-8")
    common = set(events.Event.model_fields) | {"kind"}
    for model in events.Event.__subclasses__():
        kind = model.model_fields["kind"].default
        if kind == "withdrawal":
            continue
        entry = re.search(
            rf"^  \"?{kind}\"?: (\[.*?\]),\n(?=  \S|\}})", told, re.DOTALL | re.MULTILINE
        )
        assert entry, kind
        for name in set(model.model_fields) - common - {"replaces_sha256"}:
            assert re.search(rf'"{name}"|\b{name}\b|anyCorridor', entry[1]), (kind, name)


def test_no_text_stands_in_code():
    sentences = re.findall(r"[\"'`]([A-Z][a-z]+ [a-z][^\"'`\n]*)[\"'`]", CODE)
    allowed = {
        "The proposal names none of its alternatives.",  # an error for whoever looks closer
        "The phone",  # of what a phone writes into the ledger, which is in English
    }
    assert set(sentences) <= allowed


def test_every_key_is_used():
    families = (
        "state.", "status.", "means.", "what.", "stage.", "carrying.", "counted.", "result.",
        "decision.", "step.", "kind.", "alarm.", "role.", "window.", "field.", "said.",
        "connection.", "language.", "reports.", "counter.", "alarms.", "reporter.how.",
    )  # fmt: skip
    loose = {
        key for key in EN
        if not key.startswith(families) and f'"{key}"' not in CODE
        and not re.search(re.escape(key.rpartition(".")[0]) + r"\.\$\{", CODE)
        and not (key.endswith("_few") and f'"{key.removesuffix("_few")}"' in CODE)
    }  # fmt: skip
    assert loose == set()
