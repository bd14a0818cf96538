"""Sentences of documents in Arabic: each as the catalogue has it, its values said again too."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.papers import ROOT, tool
from publish.every_sentence import OWN, told_by_everything
from publish.sample_forecast import small_forecast
from safepassage.publish.brief import brief_html
from safepassage.publish.retold import known, retold
from safepassage.publish.script_words import SCRIPT_SAYS, script_words
from safepassage.publish.tongue import tongue

SAY = tongue("ar", "Asia/Damascus", isolating=True)
ENGLISH = tongue("en", "Asia/Damascus")
PLAIN = tongue("ar", "Asia/Damascus")
SLOT = re.compile(r"\{(\w+)\}")
LIKE = {
    **dict.fromkeys(("n", "n1", "n2", "n3", "n4", "low", "best", "high", "h", "m", "all"), "7,{}5"),
    **dict.fromkeys(("time", "start", "end", "from", "until", "slow"), "0{}:30"),
    "day": "{} May 2016", "month": "May 200{}", "lanes": "{} more lanes", "buses": "{} more buses",
    "id": "town_{}",
}  # fmt: skip
WEB = ROOT / "web" / "src"
NAMES = {f"Qwx{k} Vbk": f"اسم {k}" for k in range(9)}


def test_english_is_given_back_byte_for_byte():
    for text in ("From 10:00 to 10:10 nobody is left to move.", "\u2066odd  \n", ""):
        assert retold(text, ENGLISH) == text
        assert known(text, ENGLISH)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Leaving is a choice.", "المغادرة خيار."),
        ("9 h 30 min", "9 س 30 د"),
        ("09:00 to 19:00", "من 09:00 إلى 19:00"),
        ("16 (10 to 25)", "16 (من 10 إلى 25)"),
        ("4 November 2016", "4 تشرين الثاني 2016"),
        ("1 person", "شخص واحد"),
        ("3 people", "3 أشخاص"),
        ("11 people", "11 شخصًا"),
        ("Gate and Bridge", "البوابة والجسر"),
        ("Gate, Bridge and Salt and Sand", "البوابة، الجسر وملح ورمل"),
        (
            "From 10:00 to 10:10 the limit is the crossing Salt and Sand, not the streets.",
            "من 10:00 إلى 10:10 القيد هو المعبر ملح ورمل، لا الشوارع.",
        ),
        (
            "Rejected: Gate. Approved: Bridge (as stated by Gate).",
            "الرافضون: البوابة. الموافقون: الجسر (بحسب البوابة).",
        ),
        ("a street that these people can use", "شارع يستطيع هؤلاء استخدامه"),  # a sentence's middle
        ("Gate: 2 corridors for armed groups.", "البوابة: ممران للجماعات المسلحة."),
    ],
)
def test_what_is_known(text, words):
    names = {"Gate": "البوابة", "Bridge": "الجسر", "Salt and Sand": "ملح ورمل"}
    assert retold(text, PLAIN, names=names) == words
    assert known(text, PLAIN, names=names)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody ever said this, and so it stands.",
        "a: b",
        "Of the people",
        "two\nlines",
        "the 5 of x",
    ],
)
def test_what_is_not_known_stays_and_can_be_told_apart(text):
    assert retold(text, SAY) == text
    assert not known(text, SAY)


def test_words_of_others_are_kept_as_they_are():
    text = (
        "On weapons the statements differ: Gate says: besieged (“closed”); Bridge says: x (“open”)."
    )
    assert "«\u2068closed\u2069»" in retold(text, SAY)


def test_a_sign_stays_on_the_left_of_its_number():
    assert "\u2066−300\u2069" in retold("Worst loss: Gate lost, −300 people.", SAY)


@given(st.data())
def test_a_sentence_said_with_values_is_found_again(data):
    text = data.draw(st.sampled_from(sorted(each for each in PLAIN.catalogue if fits(each))))
    slots = list(dict.fromkeys(SLOT.findall(text)))
    digits = data.draw(st.lists(st.integers(1, 8), min_size=len(slots), max_size=len(slots)))
    values = {slot: LIKE.get(slot, "Qwx{} Vbk").format(k)
              for slot, k in zip(slots, digits, strict=True)}  # fmt: skip
    told = {slot: retold(value, PLAIN, names=NAMES) if slot not in ("words", "quote", "titles")
            else value for slot, value in values.items()}  # fmt: skip
    assert retold(text.format(**values), PLAIN, names=NAMES) == PLAIN(text, **told)


def fits(text):
    """Tell whether a text has values, and enough words of its own to be told by."""
    return bool(SLOT.search(text)) and len(SLOT.sub("", text).replace(" ", "")) > 8


@given(st.text(alphabet="ab ,;:.()“”{}and5", max_size=200))
def test_any_text_at_all_is_answered(text):
    assert isinstance(retold(text, SAY), str)


def test_a_long_text_takes_no_time():
    for text in ("a, " * 1300, "From " * 800, "x; and y " * 400, "(" * 3999, ": 5. A" * 600):
        assert retold(text, SAY) is not None


def test_no_sentence_of_the_built_in_case_is_left_in_english(aleppo_plan):
    assert tool("catalogue.py")["lacking"](aleppo_plan.as_json(), SAY) == {}


def numbers(text):
    """Give the numbers in a text, without 0, 1 and 2, for which Arabic has words."""
    found = re.findall(r"\d[\d,.:]*\d|\d", text)
    return sorted(each for each in found if each not in {"0", "1", "2"})


def test_no_number_of_a_plan_is_lost_or_changed(aleppo_plan):
    told = [text for text in tool("catalogue.py")["sentences"](aleppo_plan.as_json())
            if numbers(text)]  # fmt: skip
    assert len(told) > 50
    for text in told:
        assert numbers(retold(text, SAY)) == numbers(text)


def test_no_sentence_of_a_plan_with_everything_is_left_in_english(tmp_path):
    document = told_by_everything(tmp_path / "town")
    for text in tool("catalogue.py")["sentences"](document):
        assert numbers(retold(text, SAY)) == numbers(text)
    assert document["shuttles"]
    assert document["hazards"]
    assert tool("catalogue.py")["lacking"](document, SAY, *OWN) == {}


def test_no_sentence_of_a_forecast_is_left_in_english(tmp_path):
    _, _, forecast = small_forecast(tmp_path)
    assert tool("catalogue.py")["lacking"](forecast, SAY) == {}


def test_what_is_lacking_is_found(aleppo_plan):
    document = {**aleppo_plan.as_json(), "headline": ["Nobody translated this sentence."]}
    assert list(tool("catalogue.py")["lacking"](document, SAY)) == [
        "Nobody translated this sentence."
    ]


def test_the_script_of_the_brief_says_what_the_page_brings():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (*(WEB / "brief").glob("*.ts"), WEB / "chart" / "curve.ts", WEB / "page.ts")
    )
    called = re.findall(r'say\(\s*"([^"]+)"', code)
    called += re.findall(r'"((?:sunset|dusk) \{time\})"', code)
    assert set(called) == set(SCRIPT_SAYS)
    assert script_words(ENGLISH) == {}
    assert set(SCRIPT_SAYS) <= set(SAY.catalogue)


class Reader(HTMLParser):
    """Take a page's words that are neither marked as another language's nor kept apart as names."""

    def __init__(self):
        super().__init__()
        self.open, self.words = [], []

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        self.words += [said[key] for key in ("aria-label", "data-label", "title") if said.get(key)]
        if tag not in {"br", "meta", "path", "circle", "rect", "line", "col", "input", "polyline"}:
            self.open.append((tag, said.get("lang")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        apart = {"script", "style", "code", "pre", "bdi", "q", "blockquote", "svg"}
        if not any(tag in apart or lang == "en" for tag, lang in self.open):
            self.words.append(data)


def test_a_brief_in_arabic_leaves_no_english_but_names_quotes_and_titles(plan, city):
    reader = Reader()
    reader.feed(brief_html(plan, city, language="ar"))
    names = {each["name_ar"] for each in plan["zones"]}
    said = {bare(words).strip() for words in reader.words}
    left = {words for words in said - names if re.search("[A-Za-z]{3,}", words)}
    assert {words for words in left if "Foster" not in words} == set()  # what a formula cites


def bare(words):
    """Take away what is kept apart, quotes and files."""
    apart = re.compile(r"[\u2066-\u2068][^\u2066-\u2069]*\u2069|«[^»]*»")
    while apart.search(words):
        words = apart.sub("", words)
    return re.sub(r"JavaScript|SHA-256|safepassage ask|[\w-]+\.(?:csv|json|html)", "", words)
