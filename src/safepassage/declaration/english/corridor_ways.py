"""Find in English text the one way out that is opened, whatever it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.corridor_words import Count
from safepassage.declaration.english.users import open_to_terms

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["WAY", "is_way_out", "only_way"]

_POINT = (
    r"(?:bridge|crossing(?: point)?|checkpoint|gate|exit(?: point)?|entrance|corridor|passage|way "
    r"out|tunnel|door|point of passage)"
)
_LINE = r"(?:road|street|highway|motorway|avenue|route|track|path|lane|axis)"
_ACT = (
    r"(?:(?<=exit)|(?<=passage)|(?<=crossing)) (?:of|by) (?:the |all |any )?"
    r"(?:[a-z]{3,14} )?(?:civilians?|residents|people|famil|women|wounded|sick|"
    r"population|fighters|militants|rebels|displaced|inhabitants)"
)
"""What makes of a way out the going out itself: "open for the passage of civilians"."""
WAY = re.compile(
    rf"(?<![\w-])(?<!whole )(?<!entire )(?<!same )(?:(?P<one>{_POINT}|{_LINE})(?!(?:{_ACT}))|"
    rf"(?P<many>(?:{_POINT}|{_LINE})s|passages|ways out|axes|points of passage|streets))(?![\w'-])"
)
"""A way that people may go: a point they pass or a line they follow, one or several."""
_OPEN = re.compile(
    r"(?<![\w-])(?:open(?:ed|s|ing)?(?! fire)|re-?open(?:ed|s|ing)?|works?|working|operat(?:es?|"
    r"ing|ional)|"
    r"functions?|functioning|in operation|let(?:s|ting)? (?:out|through)|secured|cleared|usable|"
    r"available|passable|(?:allow|permit|let|enabl)\w* (?:safe |free |the )?(?:passage|movement|"
    r"exit|"
    r"departure)|in "
    r"force|let through)(?![\w-])"
)
_RUNS = re.compile(
    r"(?<![\w-])(?:corridor|exit|passage|way out)(?: [\w'-]{1,16}){0,6}? (?:runs?|leads?|will run|"
    r"will lead)(?![\w])"
)
_SHUT = re.compile(
    r"(?<![\w-])(?:closed?|closing|shut|blocked|mined|cut|sealed|destroyed|not|no longer|never|"
    r"damaged|"
    r"impassable|under fire|blown up|(?:was|were|had)(?! (?:been )?(?:\w+ )?(?:re-?opened|opened|"
    r"cleared|"
    r"secured)))(?![\w-])"
)
_LONE = re.compile(r"(?<![\w-])(?:only|one|single|sole|solely|exclusively|1)(?![\w-])")
_MAY_GO = re.compile(
    r"(?<![\w-])(?:may|can|could|will|would|able|allowed|permitted|free|to|must|should|please|is) "
    r"(?:be )?(?:\w+ ){0,8}?(?:leav(?:e|ing)|exit|go|come|pass|cross|walk|evacuate|evacuated|let|"
    r"depart|"
    r"move|use|led|taken|travel)(?![\w-])|^(?:leave|exit|go|come|pass|cross|walk|use|"
    r"leaving)(?![\w-])|let through(?![\w-])"
)
_TAKE = re.compile(
    r"(?:^|[.!:,;] )(?:please )?(?:use|take|follow) (?:the |this |only )?(?:[\w'-]{2,16} ){0,3}$"
)
_TOLD_TO = re.compile(
    r"^ ?(?:please )?(?:leave|exit|go out|come out|walk out|get out|set out|depart)(?![\w-])"
)
_NUMBERED = re.compile(r" (?:no\.? ?|number |#)?[1-9]\d?(?![\d:.-])")
"""The number of one among others: "corridor 3"."""
_ONLY_ONE = re.compile(r", the (?:only|sole|single) (?:one|way|exit|road|route)(?![\w-])")
_CIVILIANS = re.compile(rf"(?<![\w-])(?:{words.CIVILIANS}|you)(?![\w-])")
_BY = re.compile(
    r"(?<![\w-])(?:through|via|by|over|across|on(?= bridge| the bridge)|use|using|along)(?: (?!and|"
    r"or|to|the end)[\w'-]{1,16}){0,5}? $"
)
_OTHERS = re.compile(r"(?<![\w-])(?:no|any|another|each|every|other|second|third|per|this|former) "
                     r"(?:\w+ )?$")  # fmt: skip
_GOODS_GO = re.compile(
    r"(?<![\w-])(?:aid|relief|goods|trucks?|lorries|convoys?|supplies|cargo|grain|"
    r"fuel)(?: [\w'-]{1,14}){0,4}? "
    r"(?:use|uses|go|goes|pass|passes|enter|cross|move|run|travel|drive|come|take|pass|"
    r"roll)(?![\w-])"
)
_HEADING = re.compile(
    r"[\"(* -]{0,4}(?:[a-z'-]{3,14} ){0,2}(?P<way>corridor|safe passage|exit|"
    r"way out)(?![\w-])[^.;]{0,40}?\d"
)
"""A line that begins with the way and tells its hours: "peace corridor, 4 June, 8 to 12"."""
_CUT = re.compile(r"[.;!?]|,(?= )(?! which)| - |\||(?<= )(?=(?:but|while|whereas) )")
_FOR_GOODS = re.compile(
    r"(?<![\w-])(?:(?:for|to) )?(?:the )?(?:delivery|deliveries|humanitarian aid|aid|relief|trucks|"
    r"convoys?|goods|supplies|"
    r"cargo|fuel|grain|traffic of)(?![\w-])"
)


def only_way(reading: Reading, elsewhere: frozenset[int], *, other_than: int = -1) -> Count | None:
    """Find the one way out that the text opens, or lets people leave by; ``None`` where several.

    Every sentence that tells of a way that is open counts; ways in the plural, or two in
    one sentence, leave the number open.
    """
    found: Count | None = None
    for sentence, role in reading.rows():
        if sentence.index in elsewhere or sentence.index == other_than:
            continue
        if not open_to_terms(sentence, role):
            continue
        if words.NOT_TERMS.search(sentence.plain):
            continue
        plain = _BETWEEN_NAMES.sub(" _ ", sentence.cased).lower()
        ways = [match for match in WAY.finditer(plain) if not _is_idle(sentence, match)]
        open_ = [match for match in ways if is_way_out(plain, match)]
        open_ = [match for match in open_ if not _is_where(plain, open_[0], match)]
        if any(match["many"] for match in open_) or len(open_) > 1:
            return None
        if open_ and not role.is_past(sentence.start + open_[0].start()):
            at = sentence.start + open_[0].start(), sentence.start + open_[0].end()
            found = found or Count(1, None, *at, sentence.index, single=True)
    return found


def _is_idle(sentence: Sentence, way: re.Match[str]) -> bool:
    if _NUMBERED.match(sentence.plain, way.end()):
        return True
    return _OTHERS.search(sentence.plain, max(0, way.start() - 24), way.start()) is not None


def _is_where(plain: str, first: re.Match[str], way: re.Match[str]) -> bool:
    """Tell whether a way only says where the first one is: "the exit at the checkpoint"."""
    between = plain[first.end() : way.start()]
    return way is not first and len(between) < _REACH and _AT.search(between) is not None


_BETWEEN_NAMES = re.compile(r"(?<=\w) - (?=[A-Z])")
"""The dash of "Izium - Lozova", which cuts nothing off."""
_REACH = 90
_AT = re.compile(
    r"(?<![\w-])(?:through|via|by|at|near|on|along|over|across|from|to|towards?|past)(?: (?!and|"
    r"or)[\w'-]{1,20})"
    r"{0,5}? $"
)


def _heads(plain: str, way: re.Match[str]) -> bool:
    heading = _HEADING.match(plain)
    return heading is not None and heading.end("way") == way.end()


_ASIDE = re.compile(r",[^,.;:]{3,60},")


def _blank(aside: re.Match[str]) -> str:
    return aside[0] if WAY.search(aside[0]) else " " * len(aside[0])


def is_way_out(plain: str, way: re.Match[str]) -> bool:
    """Tell whether a way is said to be open, or is what people may leave by."""
    plain = _ASIDE.sub(_blank, plain)
    cuts = [0, *(cut.end() for cut in _CUT.finditer(plain)), len(plain)]
    first = max(cut for cut in cuts if cut <= way.start())
    last = min(cut for cut in cuts if cut >= way.end())
    clause = plain[first:last]
    if _FOR_GOODS.search(plain, way.end()) or _GOODS_GO.search(plain, first, way.start()):
        return False
    if (_OPEN.search(clause) or _RUNS.search(clause) or _heads(plain, way)) and not _SHUT.search(
        clause
    ):
        return True
    if _ONLY_ONE.match(plain, way.end()):
        return True
    by = _BY.search(plain, max(0, way.start() - 80), way.start())
    if by is None or _SHUT.search(plain, way.end(), last) or not _MAY_GO.search(plain):
        return False
    if _TAKE.search(plain, 0, way.start()):
        return True
    firm = (
        re.fullmatch(_POINT, way[0]) is not None
        or _CIVILIANS.search(plain, 0, by.start())
        or _TOLD_TO.search(clause)
    )
    return bool(firm) or _LONE.search(plain, first, last) is not None
