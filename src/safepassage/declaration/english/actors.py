"""Find who is named in English text: ministries, armies, governments, groups, agencies."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.english.actor_words import (
    ACRONYM,
    ANSWER_BEFORE,
    ASKS,
    DATED,
    DATELINE,
    FORMAL,
    GENERIC_PATTERN,
    IN_NAME_OF,
    NAMED_BEFORE,
    NO_ORGANISATION,
    OF_CLOCK,
    OPENS,
    ORGANISATION,
    OUTLET,
    PERSON,
    PLACE_BEFORE,
)
from safepassage.declaration.english.mediators import mediators
from safepassage.declaration.english.merging import as_one
from safepassage.declaration.english.names import (
    BODIES,
    GROUPS,
    HEADS,
    HOMES,
    MEDIA,
    NO_ACRONYM,
    OF_STATES,
    ActorKind,
    Head,
)
from safepassage.declaration.english.offices import local_offices
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

__all__ = ["STATE_KINDS", "Actor", "actor_for", "find_actors", "within"]

_NAMED: tuple[tuple[str, str, ActorKind, str | None], ...] = (
    *((pattern, name, "body", None) for name, pattern in BODIES.items()),
    *((pattern, name, kind, code) for name, (pattern, kind, code) in OF_STATES.items()),
    *((pattern, name, "group", None) for name, pattern in GROUPS.items()),
    *((pattern, name, "media", None) for name, pattern in MEDIA.items()),
)
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


@cache
def _pattern() -> re.Pattern[str]:
    adjectives = {word: code for code, forms in ADJECTIVES.items() for word in forms}
    adj = "|".join(sorted(map(re.escape, adjectives), key=len, reverse=True))
    known = [name for name in names_of_countries() if len(name) > 2]
    name = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    capital = "|".join(sorted(map(re.escape, _capitals()), key=len, reverse=True))
    head = "|".join(f"(?P<h{index}>{item.pattern})" for index, item in enumerate(HEADS))
    of = (
        rf" of (?:the )?(?:(?:\w+ ){{0,2}}(?:republic|kingdom|state|"
        rf"sultanate) of (?:the )?)?(?:(?P<of_name>{name}|georgia|jordan|chad)(?!')\b|"
        rf"(?P<of_adj>{adj}) (?:arab army|armed forces|army|president|capital|government))"
    )
    of_capital = rf" (?:in|of) (?P<capital>{capital})(?![\w'-])"
    return re.compile(
        rf"(?<![\w-])(?:(?P<adj>{adj})(?: arab| federal| central| national)? |"
        rf"(?P<name>{name})(?:'s|')? )?"
        rf"(?:{head})(?![\w-])(?:{of}|{of_capital})?"
    )


_SHARED_NAMES = {"georgia": "GE", "jordan": "JO", "chad": "TD"}
"""Countries whose names persons and an American state bear too."""


@cache
def _by_word() -> dict[str, str]:
    words = {word: code for code, forms in ADJECTIVES.items() for word in forms}
    return words | names_of_countries() | _SHARED_NAMES


@cache
def _capitals() -> dict[str, str]:
    """Map lower-case names of capitals, which stand for their governments, to countries."""
    named = {name: code for code in ADJECTIVES if (name := capital_of(code))}
    return {name: code for name, code in named.items() if name != "east jerusalem"} | {"kiev": "UA"}


@cache
def _named_pattern() -> re.Pattern[str]:
    groups = "|".join(f"(?P<n{index}>{item[0]})" for index, item in enumerate(_NAMED))
    return re.compile(
        rf"(?<![\w-])(?:the )?(?:{groups})(?: (?:state )?(?:news )?agency| news outlet| "
        rf"newspaper)?(?![\w])"
    )


@cache
def _state_pattern() -> re.Pattern[str]:
    known = [name for name in names_of_countries() if len(name) > 3]
    both = sorted(map(re.escape, {*known, *_capitals(), "georgia"}), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(both)})(?![\w'-])")


def find_actors(text: Text) -> tuple[Actor, ...]:
    """Find every mention of an actor, in order, the longer of two that overlap."""
    found = [*_states(text), *_named(text), *_outlets(text), *_headed(text), *_generic(text)]
    found += [*_organised(text), *_acronyms(text)]
    found += [Actor(start, end, name, "body") for start, end, name in mediators(text)]
    found += [Actor(start, end, name, "office") for start, end, name in local_offices(text)]
    ordered = sorted(found, key=lambda actor: (actor.start, actor.start - actor.end))
    kept: list[Actor] = []
    for actor in ordered:
        if (
            kept
            and kept[-1].name.endswith("State Media")
            and actor.kind == "media"
            and actor.start - kept[-1].end <= 2
        ):
            kept.pop()  # "the state news agency SANA" is one
        if (
            kept
            and actor.kind == "person"
            and kept[-1].kind in {"government", "army"}
            and text.plain[kept[-1].end : actor.start] in {" of ", " under "}
        ):
            kept[-1] = replace(kept[-1], end=actor.end)  # "the government of President X" is one
            continue
        if kept and (one := as_one(kept[-1], actor, text.plain[kept[-1].end : actor.start])):
            kept[-1] = one
            continue
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
        if len(spelled) <= 5 and not spelled.isupper() and not spelled.istitle():
            continue
        if (
            spelled.lower() in {"un", "ap", "ria", "saf", "sana", "fsa", "eln", "dpr", "lpr", "hts"}
            and not spelled.isupper()
        ):
            continue
        found.append(Actor(match.start(), match.end(), name, kind, code or None))
    return found


def _outlets(text: Text) -> list[Actor]:
    found = []
    for match in OUTLET.finditer(text.cased):
        name = (
            match["name"].strip().removeprefix("The ").removeprefix("State ").rpartition("'s ")[2]
        )
        if PLACE_BEFORE.search(text.plain, max(0, match.start() - 12), match.start()):
            continue  # "in Aleppo daily"
        if name and name.lower() not in _by_word():
            start = match.start() + match["name"].find(name)
            found.append(Actor(start, match.end(), name, "media"))
    return found


def _generic(text: Text) -> list[Actor]:
    found = []
    for match in GENERIC_PATTERN.finditer(text.plain):
        named = NAMED_BEFORE.search(text.cased, max(0, match.start() - 90), match.start())
        bare = match[0].removeprefix("the ")
        if bare == "armed forces":
            continue  # a state's
        spelled = " ".join(w.capitalize() if w in _by_word() else w for w in bare.split(" "))
        name = named["name"].removeprefix("The ") if named else spelled
        found.append(Actor(match.end() - len(bare), match.end(), name, "group"))
    return found


def _states(text: Text) -> list[Actor]:
    found = []
    capitals = _capitals()
    for match in _state_pattern().finditer(text.plain):
        if not text.cased[match.start()].isupper():
            continue
        if DATELINE.match(text.cased, match.start()) and _at_head(text, match.start()):
            continue  # where it was written tells nothing of whose army is meant
        if OF_CLOCK.match(text.plain, match.end()):
            continue
        before = text.plain[max(0, match.start() - 30) : match.start()]
        formal_ = FORMAL.search(before)
        lead = text.plain[max(0, match.start() - 80) : match.start()]
        excused = formal_ or ANSWER_BEFORE.search(before) or IN_NAME_OF.search(lead)
        if PLACE_BEFORE.search(before) and not excused:
            continue
        if DATED.match(text.cased, match.end()) and text.sentence_at(match.start()).index < 4:
            continue
        kind: ActorKind = "state"
        code = names_of_countries().get(match[0]) or _georgia(match[0], text)
        if code is None:
            kind, code = "capital", capitals.get(match[0])
        if code:
            start = match.start() - (len(before) - formal_.start() if formal_ else 0)
            found.append(Actor(start, match.end(), _government(code), kind, code))
    return found


_CAUCASUS = re.compile(r"(?<![\w-])(?:georgians?|tbilisi|abkhaz\w*|osseti\w+|sukhumi|tskhinvali)")


def _georgia(name: str, text: Text) -> str | None:
    """Tell the country Georgia from the American state."""
    return "GE" if name == "georgia" and _CAUCASUS.search(text.plain) else None


def _at_head(text: Text, start: int) -> bool:
    sentence = text.sentence_at(start)
    return sentence.start == start and sentence.index < 4


def _headed(text: Text) -> list[Actor]:
    found = []
    for match in _pattern().finditer(text.plain):
        index = next(i for i in range(len(HEADS)) if match[f"h{i}"] is not None)
        head = HEADS[index]
        word = match["adj"] or match["name"] or match["of_name"] or match["of_adj"]
        if word == "us" and text.cased[match.start() : match.start() + 2] != "US":
            word = None
        code = _by_word().get(word) if word else _capitals().get(match["capital"] or "")
        end = match.end()
        if head.kind == "person":
            named = PERSON.match(text.cased, end)
            end = named.end() if named else end
        if (code is None and match[0] in _ANYONES) or (
            not (word or match["capital"]) and match[0].startswith("official")
        ):
            continue
        found.append(Actor(match.start(), end, _title(head, code), head.kind, code))
    return found


_ANYONES = frozenset({
    "forces", "troops", "side", "administration", "officers", "official", "officials", "soldiers",
    "servicemen",
})  # fmt: skip


def _organised(text: Text) -> list[Actor]:
    """Find organisations that no list has, by what their names end in."""
    found = []
    for sentence in text.sentences:
        if sentence.cased.isupper():
            continue
        for match in ORGANISATION.finditer(sentence.cased):
            lead = NO_ORGANISATION.match(match[0])
            name = match[0][lead.end() :] if lead else match[0]
            owner, _, owned = name.partition("'s ")
            known = owner.lower() in _by_word() or owner.lower() in _capitals()
            name = owned if known else name
            first, _, second = name.rpartition(" and ")
            if first and ORGANISATION.fullmatch(second):
                name = second  # "the Armed Forces of Sudan and the Rapid Support Forces" are two
            if " " not in name or _headed_by_state(name):
                continue
            start = sentence.start + match.end() - len(name)
            code = _by_word().get(name.split(" ")[0].lower().removesuffix("'s"))
            armed = re.search(r"(?:Army|Forces?|Guards?|Command)$", name) is not None
            people = _OF_PEOPLE.search(name) is not None
            kind: ActorKind = "army" if armed and code else "group" if armed or people else "body"
            if code and not armed and name.count(" ") < _LONG and not _OF_PEOPLE.search(name):
                continue
            found.append(Actor(start, sentence.start + match.end(), name, kind, code))
    return found


_LONG = 2
_OF_PEOPLE = re.compile(r"(?:People's|Liberation|Popular|Revolutionary|Patriotic|Salvation) ")
"""What tells a movement named after a country from a body of that country."""


def _headed_by_state(name: str) -> bool:
    """Tell whether a name is an office that any state has, which is named in one way."""
    return _pattern().fullmatch(name.lower()) is not None


def _acronyms(text: Text) -> list[Actor]:
    """Find parties named by capitals alone, such as LURD."""
    return [
        Actor(sentence.start + match.start(), sentence.start + match.end(), match[0], "group")
        for sentence in text.sentences
        if not sentence.cased.isupper()
        for match in ACRONYM.finditer(sentence.cased)
        if match[0].lower() not in NO_ACRONYM
        and match[0].lower() not in _by_word()
        and match[0] not in ASKS
        and not (
            (
                match.start() == 0
                or (sentence.index < 3 and sentence.cased[: match.start()].isupper())
            )
            and OPENS.match(sentence.cased, match.end())
        )
    ]


def _government(code: str) -> str:
    return f"Government of {country(code)}"


def _title(head: Head, code: str | None) -> str:
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
    codes = {actor.code for actor in actors if actor.kind in STATE_KINDS and actor.code}
    homes = {HOMES[actor.name] for actor in actors if actor.name in HOMES}
    only = homes.pop() if len(homes) == 1 else codes.pop() if len(codes) == 1 else None
    told: list[Actor] = []
    latest: dict[str, str] = {}
    last: Actor | None = None
    for actor in actors:
        resolved, title = actor, _bare(actor)
        if actor.code is None and title is not None and not title.title.startswith("Joint"):
            same = last is not None and text.sentence_at(last.start) is text.sentence_at(
                actor.start
            )
            near = last.code if last is not None and same else None
            # "state television, citing a military source" is of one state
            own = near and last is not None and last.kind == "media" and title.kind == "army"
            known = {} if own else latest
            resolved = _resolved(actor, title, text, surnames, known, near or only)
        if resolved.kind in STATE_KINDS | {"media"} and resolved.code:
            last = resolved
            if title is not None:
                latest[title.title] = resolved.code
        told.append(resolved)
    return tuple(told)


_TWINS = {
    f"{office} {one}": f"{office} {other}"
    for office in ("Defence", "Foreign")
    for one, other in (("Minister", "Ministry"), ("Ministry", "Minister"))
}


def _bare(actor: Actor) -> Head | None:
    """Give the head that an actor's name comes from."""
    return next((head for head in HEADS if actor.name == _title(head, actor.code)), None)


def _resolved(
    actor: Actor,
    head: Head,
    text: Text,
    surnames: dict[str, str],
    latest: dict[str, str],
    near: str | None,
) -> Actor:
    """Give a bare head its country: by the person's name, an earlier mention, or what is near."""
    words = text.cased[actor.start : actor.end].removesuffix("'s").split(" ")
    named = head.kind == "person" and len(words) > 1 and not words[-1].islower()
    known: str | None
    if named and words[-1].lower() in surnames:
        known, sure = surnames[words[-1].lower()], True
    elif named and head.title == "President":
        # Two presidents in one text are of two countries; the name alone is sure.
        return replace(actor, name=" ".join(words))
    else:
        before = latest.get(head.title) or latest.get(_TWINS.get(head.title, ""))
        known, sure = before or near, head.title in latest
    return replace(actor, name=_title(head, known), code=known, sure=sure) if known else actor


def _surnames(actors: list[Actor], text: Text) -> dict[str, str]:
    """Map the last names given with an office of a country to that country."""
    names: dict[str, str] = {}
    for actor in actors:
        if actor.kind == "person" and actor.code:
            surname = text.plain[actor.start : actor.end].removesuffix("'s").rpartition(" ")[2]
            names.setdefault(surname, actor.code)
    return names
