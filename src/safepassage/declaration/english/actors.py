"""Find who is named in English text: ministries, armies, governments, groups, agencies."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from safepassage.declaration.gazetteer import capital_of
from safepassage.declaration.nations import (
    ADJECTIVES,
    adjective,
    country,
    formal,
    names_of_countries,
)

if TYPE_CHECKING:
    from safepassage.declaration.text import Text

__all__ = ["Actor", "ActorKind", "actor_for", "find_actors", "within"]

ActorKind = Literal[
    "ministry", "army", "government", "person", "group", "body", "media", "state", "capital"
]
STATE_KINDS = frozenset({"ministry", "army", "government", "person", "state", "capital"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Hold one mention of someone who may act or speak.

    Attributes
    ----------
    start, end
        Offsets into the text.
    name
        The name as the project writes it; an office instead of a person.
    kind
        What sort of actor: a body is the United Nations or the like.
    code
        ISO country code where it acts for a state.
    sure
        False where the country was told by the context.

    """

    start: int
    end: int
    name: str
    kind: ActorKind
    code: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Head:
    pattern: str
    kind: ActorKind
    title: str


_HEADS = (
    _Head(r"(?:ministry of defen[cs]e|defen[cs]e ministry)", "ministry", "Defence Ministry"),
    _Head(r"(?:ministry of foreign affairs|foreign (?:affairs )?ministry)", "ministry", "Foreign Ministry"),
    _Head(r"(?:ministry of the interior|interior ministry)", "ministry", "Interior Ministry"),
    _Head(r"ministry for (?:the )?reintegration[\w ]{0,40}territories", "ministry", "Ministry of Reintegration"),
    _Head(r"(?:arab )?(?:army|army's|military's|military|armed forces)(?: high| general)? command", "army", "Army Command"),
    _Head(r"high command", "army", "Army Command"),
    _Head(r"(?:[a-z]+ )?general staff", "army", "General Staff"),
    _Head(r"(?:national |air |naval )?armed forces", "army", "Armed Forces"),
    _Head(r"(?:arab |national )?army", "army", "Army"),
    _Head(r"air force", "army", "Air Force"),
    _Head(r"(?:military|troops|forces)(?! (?:operation|action|base|aid|activit|campaign|aircraft|equipment))", "army", "Military"),
    _Head(r"reconciliation cent(?:re|er)", "ministry", "Reconciliation Centre"),
    _Head(r"(?:joint |humanitarian )?coordination (?:cent(?:re|er)|headquarters)", "ministry", "Coordination Centre"),
    _Head(r"(?:state|national) (?:news agency|television|tv|media)", "media", "State Media"),
    _Head(r"(?:deputy )?prime minister", "person", "Prime Minister"),
    _Head(r"defen[cs]e minister", "person", "Defence Minister"),
    _Head(r"foreign minister", "person", "Foreign Minister"),
    _Head(r"president(?!ial)", "person", "President"),
    _Head(r"(?:government|cabinet|authorities|regime(?! of (?:silence|calm|quiet)))", "government", "Government"),
)  # fmt: skip

_NAMED: tuple[tuple[str, str, ActorKind, str | None], ...] = (
    (r"united nations(?: secretary-general| secretary general| security council)?|u\.n\.|un(?= )", "United Nations", "body", None),
    (r"international committee of the red cross|icrc|red cross", "International Committee of the Red Cross", "body", None),
    (r"(?:syrian arab |sudanese |palestine )?red crescent", "Red Crescent", "body", None),
    (r"(?:un )?ocha", "OCHA", "body", None),
    (r"world health organi[sz]ation", "World Health Organization", "body", None),
    (r"security council", "United Nations Security Council", "body", None),
    (r"african union", "African Union", "body", None),
    (r"arab league", "Arab League", "body", None),
    (r"european union", "European Union", "body", None),
    (r"nato", "NATO", "body", None),
    (r"osce", "OSCE", "body", None),
    (r"kremlin", "Kremlin", "government", "RU"),
    (r"white house", "White House", "government", "US"),
    (r"pentagon", "Pentagon", "ministry", "US"),
    (r"state department", "State Department", "ministry", "US"),
    (r"israel defen[cs]e forces|idf", "Israel Defense Forces", "army", "IL"),
    (r"sudanese armed forces|saf", "Sudanese Armed Forces", "army", "SD"),
    (r"rapid support forces|rsf", "Rapid Support Forces", "group", "SD"),
    (r"hamas", "Hamas", "group", None),
    (r"islamic jihad", "Islamic Jihad", "group", None),
    (r"hezbollah|hizbullah", "Hezbollah", "group", None),
    (r"houthis?(?: movement| rebels| group)?|ansar allah", "Houthi movement", "group", None),
    (r"saudi-led coalition", "Saudi-led coalition", "army", "SA"),
    (r"taliban", "Taliban", "group", None),
    (r"free syrian army|fsa", "Free Syrian Army", "group", None),
    (r"syrian democratic forces|sdf", "Syrian Democratic Forces", "group", None),
    (r"ja(?:ysh|ish) al-islam", "Jaysh al-Islam", "group", None),
    (r"failaq al-rahman|faylaq al-rahman", "Faylaq al-Rahman", "group", None),
    (r"ahrar al-sham", "Ahrar al-Sham", "group", None),
    (r"nour al-din al-zinki|nureddin zinki|zinki", "Nour al-Din al-Zinki", "group", None),
    (r"hayat tahrir al-sham|hts", "Hayat Tahrir al-Sham", "group", None),
    (r"(?:al-)?nusra front|fatah al-sham|jabhat (?:fatah al-sham|al-nusra)", "Fatah al-Sham", "group", None),
    (r"m23", "M23", "group", None),
    (r"tigray people's liberation front|tplf", "Tigray People's Liberation Front", "group", None),
    (r"farc", "FARC", "group", None),
    (r"eln|national liberation army", "ELN", "group", None),
    (r"tamil tigers|ltte", "LTTE", "group", None),
    (r"arakan army", "Arakan Army", "group", None),
    (r"kachin independence army", "Kachin Independence Army", "group", None),
    (r"donetsk people's republic|dpr", "Donetsk People's Republic", "group", None),
    (r"luhansk people's republic|lugansk people's republic|lpr", "Luhansk People's Republic", "group", None),
    (r"reuters", "Reuters", "media", None),
    (r"associated press|(?:the )?ap(?=[ ,).]|$)", "Associated Press", "media", None),
    (r"agence france-presse|afp", "AFP", "media", None),
    (r"tass", "TASS", "media", None),
    (r"interfax-ukraine", "Interfax-Ukraine", "media", None),
    (r"interfax", "Interfax", "media", None),
    (r"ria novosti|ria", "RIA Novosti", "media", None),
    (r"rbc", "RBC", "media", None),
    (r"sana(?= |,|\.)", "SANA", "media", None),
    (r"xinhua", "Xinhua", "media", None),
    (r"al[- ]jazeera", "Al Jazeera", "media", None),
    (r"al[- ]arabiya", "Al Arabiya", "media", None),
    (r"al[- ]mayadeen", "Al Mayadeen", "media", None),
    (r"bbc", "BBC", "media", None),
    (r"cnn", "CNN", "media", None),
    (r"anadolu(?: agency)?", "Anadolu", "media", None),
    (r"ukrinform", "Ukrinform", "media", None),
    (r"unian", "UNIAN", "media", None),
    (r"kommersant", "Kommersant", "media", None),
    (r"vedomosti", "Vedomosti", "media", None),
    (r"haaretz", "Haaretz", "media", None),
    (r"dpa", "dpa", "media", None),
    (r"syrian observatory for human rights|sohr", "Syrian Observatory for Human Rights", "media", None),
)  # fmt: skip
"""Names with the way the project writes them. Acronyms count only in capitals."""

_OUTLET = re.compile(
    r"(?<![\w-])(?P<name>(?:[A-Z][\w'-]{1,20} ){1,3})(?P<what>news (?:agency|outlet|site|service|website)|newspaper|"
    r"news channel|(?:satellite )?(?:television|TV)(?: channel| station)?|radio|daily|agency|news wire)\b"
)
_GENERIC = (
    r"(?:(?:the )?leaders of (?:all )?(?:the )?)?(?:(?:syrian|armed|main|several|all|most|other|some|local|moderate|islamist|pro-russian|"
    r"pro-russia|russian-backed|non-state|the|two|three) ){0,3}"
    r"(?:(?:armed |syrian )?opposition(?: groups| factions| fighters| forces| commanders| leaders)?|rebels|"
    r"(?:rebel|insurgent|opposition|militant|separatist|armed|local) (?:groups|group|factions|forces|fighters|commanders|leaders|councils?|"
    r"alliance|coalition)|insurgents|militants|separatists|fighters inside the city|warring (?:parties|sides)|both (?:sides|parties|armies)|"
    r"(?:the )?two sides|(?:the )?(?:parties|sides) (?:to the conflict|involved)|all (?:sides|parties)|local council|city council)"
)
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|of|from|to|near|around|towards?|inside|outside|across|throughout|into|via|"
    r"east|west|north|south|eastern|western|northern|southern|besieged|city|town|capital,?)|[a-z] -) (?:the )?$"
)

_ANSWER_BEFORE = re.compile(
    r"\b(?:comment|response|reaction|reply|answer|word|confirmation|statement|guarantees?|consent|approval|agreement)(?: \w+)? (?:from|of) (?:the )?$"
)


@cache
def _pattern() -> re.Pattern[str]:
    adjectives = {word: code for code, forms in ADJECTIVES.items() for word in forms}
    adj = "|".join(sorted(map(re.escape, adjectives), key=len, reverse=True))
    known = [name for name in names_of_countries() if len(name) > 2]  # noqa: PLR2004
    name = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    head = "|".join(f"(?P<h{index}>{item.pattern})" for index, item in enumerate(_HEADS))
    of = rf" of (?:the )?(?:(?P<of_name>{name})(?!')\b|(?P<of_adj>{adj}) (?:arab army|armed forces|army|president|capital|government))"
    return re.compile(
        rf"(?<![\w-])(?:(?P<adj>{adj})(?: arab| federal| central| national)? |(?P<name>{name})(?:'s|') )?"
        rf"(?:{head})(?![\w-])(?:{of})?"
    )


@cache
def _by_word() -> dict[str, str]:
    words = {word: code for code, forms in ADJECTIVES.items() for word in forms}
    return words | names_of_countries()


@cache
def _named_pattern() -> re.Pattern[str]:
    groups = "|".join(f"(?P<n{index}>{item[0]})" for index, item in enumerate(_NAMED))
    return re.compile(rf"(?<![\w-])(?:the )?(?:{groups})(?: (?:state )?(?:news )?agency| news outlet| newspaper)?(?![\w])")


@cache
def _state_pattern() -> re.Pattern[str]:
    known = [name for name in names_of_countries() if len(name) > 3]  # noqa: PLR2004
    capitals = {name for code in ADJECTIVES if (name := capital_of(code)) and name != "east jerusalem"}
    both = sorted(map(re.escape, {*known, *capitals, "kiev"}), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(both)})(?![\w'-])")


_GENERIC_PATTERN = re.compile(rf"(?<![\w-])(?:{_GENERIC})(?![\w-])")
_PERSON = re.compile(r"(?: (?:[A-Z]\.|[A-Z][a-z'-]{1,20})){1,3}")


def find_actors(text: Text) -> tuple[Actor, ...]:
    """Find every mention of an actor, in order, the longer of two that overlap."""
    found = [*_states(text), *_named(text), *_outlets(text), *_headed(text), *_generic(text)]
    ordered = sorted(found, key=lambda actor: (actor.start, actor.start - actor.end))
    kept: list[Actor] = []
    for actor in ordered:
        if kept and kept[-1].name.endswith("State Media") and actor.kind == "media" and actor.start - kept[-1].end <= 2:  # noqa: PLR2004
            kept.pop()  # "the state news agency SANA" is one
        if not kept or actor.start >= kept[-1].end:
            kept.append(actor)
    return _with_context(kept, text)


def actor_for(actor: Actor) -> Actor:
    """Give the body that a minister speaks for; any other actor speaks for itself."""
    if actor.kind != "person" or actor.code is None or actor.name.startswith("President"):
        return actor
    if actor.name.startswith("Prime"):
        return replace(actor, name=_government(actor.code), kind="government")
    office = actor.name.partition(" Minister")[0]
    return replace(actor, name=f"{adjective(actor.code)} {office} Ministry", kind="ministry")


def within(actors: tuple[Actor, ...], start: int, end: int) -> list[Actor]:
    """Give the actors named in a stretch."""
    first = bisect_left(actors, start, key=lambda actor: actor.start)
    last = bisect_left(actors, end, key=lambda actor: actor.start)
    return list(actors[first:last])


def _named(text: Text) -> list[Actor]:
    found = []
    for match in _named_pattern().finditer(text.plain):
        index = next(i for i in range(len(_NAMED)) if match[f"n{i}"] is not None)
        _, name, kind, code = _NAMED[index]
        spelled = text.cased[match.start(f"n{index}") : match.end(f"n{index}")]
        if len(spelled) <= 5 and not spelled.isupper() and not spelled.istitle():  # noqa: PLR2004
            continue
        if spelled.lower() in {"un", "ap", "ria", "saf", "sana", "fsa", "eln", "dpr", "lpr", "hts"} and not spelled.isupper():
            continue
        found.append(Actor(match.start(), match.end(), name, kind, code))
    return found


def _outlets(text: Text) -> list[Actor]:
    found = []
    for match in _OUTLET.finditer(text.cased):
        name = match["name"].strip().removeprefix("The ").removeprefix("State ").rpartition("'s ")[2]
        if name and name.lower() not in _by_word():
            start = match.start() + match["name"].find(name)
            found.append(Actor(start, match.end(), name, "media"))
    return found


def _generic(text: Text) -> list[Actor]:
    return [
        Actor(match.start(), match.end(), match[0].removeprefix("the "), "group")
        for match in _GENERIC_PATTERN.finditer(text.plain)
    ]


def _states(text: Text) -> list[Actor]:
    found = []
    capitals = {capital_of(code): code for code in ADJECTIVES} | {"kiev": "UA"}
    for match in _state_pattern().finditer(text.plain):
        if not text.cased[match.start()].isupper():
            continue
        before = text.plain[max(0, match.start() - 30) : match.start()]
        if _PLACE_BEFORE.search(before) and not _ANSWER_BEFORE.search(before):
            continue
        kind: ActorKind = "state"
        code = names_of_countries().get(match[0])
        if code is None:
            kind, code = "capital", capitals.get(match[0])
        if code:
            found.append(Actor(match.start(), match.end(), _government(code), kind, code))
    return found


def _headed(text: Text) -> list[Actor]:
    found = []
    for match in _pattern().finditer(text.plain):
        index = next(i for i in range(len(_HEADS)) if match[f"h{i}"] is not None)
        head = _HEADS[index]
        word = match["adj"] or match["name"] or match["of_name"] or match["of_adj"]
        if word == "us" and text.cased[match.start() : match.start() + 2] != "US":
            word = None
        code = _by_word().get(word) if word else None
        end = match.end()
        if head.kind == "person":
            named = _PERSON.match(text.cased, end)
            end = named.end() if named else end
        if head.title == "Military" and code is None and match[0] != "military":
            continue  # bare "forces" and "troops" are anyone's
        found.append(Actor(match.start(), end, _title(head, code), head.kind, code))
    return found


def _government(code: str) -> str:
    return f"Government of {country(code)}"


def _title(head: _Head, code: str | None) -> str:
    if code is None:
        return head.title
    if head.kind == "government":
        return _government(code)
    if head.kind == "person":
        return f"{head.title} of {formal(code)}"
    return f"{adjective(code)} {head.title}"


def _with_context(actors: list[Actor], text: Text) -> tuple[Actor, ...]:
    """Give bare heads ("the ministry", "the army") the country the context tells."""
    surnames = _surnames(actors, text)
    told: list[Actor] = []
    titles = {head.title: head for head in _HEADS}
    first_state = next((a for a in actors if a.kind in STATE_KINDS and a.code), None)
    latest: dict[tuple[str, str], Actor] = {}
    last: Actor | None = None
    for actor in actors:
        resolved = actor
        if actor.code is None and actor.name in titles:
            surname = text.plain[actor.start : actor.end].rpartition(" ")[2]
            known = latest.get((actor.kind, actor.name))
            near = last if last and text.sentence_at(last.start) is text.sentence_at(actor.start) else None
            code = surnames.get(surname) or (known or near or first_state or actor).code
            if code:
                name = _title(titles[actor.name], code)
                resolved = replace(actor, name=name, code=code, sure=surname in surnames or known is not None)
        if resolved.kind in STATE_KINDS and resolved.code:
            last = resolved
            bare = next((t for t in titles if resolved.name == _title(titles[t], resolved.code)), None)
            if bare:
                latest[resolved.kind, bare] = resolved
        told.append(resolved)
    return tuple(told)


def _surnames(actors: list[Actor], text: Text) -> dict[str, str]:
    """Map the last names given with an office of a country to that country."""
    names: dict[str, str] = {}
    for actor in actors:
        if actor.kind == "person" and actor.code:
            surname = text.plain[actor.start : actor.end].rpartition(" ")[2]
            names.setdefault(surname, actor.code)
    return names
