"""Find in English text that an earlier announcement is extended, changed or called off."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING

from safepassage.declaration.clock import DAY_MIN, LOCAL
from safepassage.declaration.english.actors import Actor, actor_for
from safepassage.declaration.english.clocks import find_clocks, find_lengths
from safepassage.declaration.findings import RESOLVED, STATED, Finding
from safepassage.declaration.model import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepassage.declaration.clock import Length
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.model import OpenWindow
    from safepassage.declaration.text import Sentence

__all__ = ["find_canceller", "find_cancelling", "find_change"]

_EXTENDS = re.compile(
    r"(?<![\w-])(?:extend(?:s|ed|ing)?|prolong(?:s|ed|ing)?|lengthen(?:s|ed|ing)?|extension|"
    r"prolongation|(?:another|a further|an additional|for) (?:\w+[ -]){1,2}(?:more|longer))(?![\w])"
)
_CHANGES = re.compile(
    r"(?<![\w-])(?:(?:has|have|had|will|would|is|are|was|were) (?:now |also )?(?:been |be )?"
    r"(?:moved|brought forward|put back|changed|delayed|shortened|cut short|postponed)"
    r"|(?:will|would) now (?:begin|start|end|run|last|close|open)|instead of "
    r"(?=\d|noon|midnight)|(?:will|would) (?:begin|start|end|close|open) (?:later|earlier))(?![\w])"
)
_NOT = re.compile(r"(?<![\w-])(?:no|not|never|n't|without|can|cannot|refus\w*|hop\w*|call\w* for|"
                  r"may|might|could|if|ask\w*|discuss\w*|consider\w*|possib\w*|propos\w*|whether)"
                  r"(?: [\w'-]+){0,5} $")  # fmt: skip
_IF = re.compile(r"(?<![\w-])(?:if|unless|provided|on condition|as long as)(?![\w])")
_BY = re.compile(
    r"(?:\bby|\bfor|(?:extension|prolongation) of|another|a further|an additional) "
    r"(?:another |a further |an additional |up to |the )?$"
)
_NOT_LONGER = re.compile(
    r"(?<![\w-])(?:last|past|first|next|every|within|after|before|of|began|from|than|in) (?:the )?$"
)
_CLOSES = re.compile(
    r"$|[.,;]|(?: more| longer)?(?: until| till| from| as of|[.,;]|$)| more| longer"
)
_UNTIL = re.compile(
    r"(?:until|till|to|through|(?:end|close|expire|finish)s? (?:only )?at|ending at) "
    r"(?:[\w,]+ ){0,4}?$"
)


def find_change(
    reading: Reading, elsewhere: frozenset[int], open_windows: Sequence[Finding[OpenWindow]]
) -> Finding[Change] | None:
    """Find that the text extends or changes an earlier announcement, and to when.

    Parameters
    ----------
    open_windows
        Hours of which one end was read; the end that an extension gives is among them.

    """
    for sentence, role in reading.rows():
        if not role.may_state_terms or sentence.index in elsewhere or not role.live:
            continue
        extends = _told(sentence, _EXTENDS, role.is_past)
        match = extends or _told(sentence, _CHANGES, role.is_past)
        if match is None:
            continue
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if not extends:
            return Finding(Change(what="changes"), start, end, STATED)
        longer, by_end = _longer(reading, sentence, start)
        change, until_end = _until(reading, sentence, end, longer, open_windows)
        return Finding(change, start, max(end, by_end, until_end), STATED)
    return None


def find_cancelling(reading: Reading) -> Finding[Change] | None:
    """Find that the text calls an earlier announcement off."""
    for sentence, role in reading.rows():
        if role.cancels:
            return Finding(Change(what="cancels"), sentence.start, sentence.end, STATED)
    return None


def find_canceller(reading: Reading, change: Finding[Change]) -> Finding[Actor] | None:
    """Find who calls it off: the one named in the sentence, or the last before the verb."""
    sentence = reading.text.sentence_at(change.start)
    here = [actor for actor in reading.actors_in(sentence) if actor.kind != "media"]
    if len({actor.name for actor in here}) > 1:
        verb = _CALLS_OFF.search(sentence.plain)
        here = [a for a in here if verb and a.end <= sentence.start + verb.start()][-1:]
    if not here:
        return None
    actor = actor_for(here[0])
    return Finding(actor, actor.start, actor.end, RESOLVED)


_CALLS_OFF = re.compile(r"(?<![\w-])(?:cancel|call(?:s|ed)? off|scrap|postpon|withdr)")


def _told(
    sentence: Sentence, pattern: re.Pattern[str], is_past: Callable[[int], bool]
) -> re.Match[str] | None:
    for match in pattern.finditer(sentence.plain):
        before = sentence.plain[max(0, match.start() - 60) : match.start()]
        hangs = _IF.search(sentence.plain, match.end(), match.end() + 80)
        if not (is_past(sentence.start + match.start()) or _NOT.search(before) or hangs):
            return match
    return None


def _longer(reading: Reading, sentence: Sentence, start: int) -> tuple[Change, int]:
    """Find by how much: "by 24 hours", "for another three days"."""
    plain = reading.text.plain
    for length in find_lengths(plain, sentence.start, sentence.end):
        if not _is_by(plain[sentence.start : sentence.end], length, sentence.start, start):
            continue
        if length.months:
            continue
        days, rest = divmod(length.minutes, DAY_MIN)
        if rest == 0 and _DAYS.search(plain, length.start, length.end):
            return Change(what="extends", by_days=days), length.end
        return Change(what="extends", by_min=length.minutes), length.end
    return Change(what="extends"), 0


def _is_by(plain: str, length: Length, offset: int, verb: int) -> bool:
    """Tell how much is added from how long something is: "a 24-hour truce is extended"."""
    first, last = length.start - offset, length.end - offset
    if "-" in plain[first:last]:
        return plain[last:].startswith(" extension")
    before = plain[max(0, first - 30) : first]
    if length.start < verb:
        return re.search(r"(?:another|a further|an additional) $", before) is not None
    if _BY.search(before):
        return True
    return _CLOSES.match(plain, last) is not None and not _NOT_LONGER.search(before)


_DAYS = re.compile(r"(?:day|week)s?")


def _until(
    reading: Reading, sentence: Sentence, start: int, longer: Change,
    open_windows: Sequence[Finding[OpenWindow]],
) -> tuple[Change, int]:  # fmt: skip
    """Find the new end: with its day where the reader settled one, else its clock alone."""
    for found in open_windows:
        if sentence.start <= found.start < sentence.end and found.value.end is not None:
            return longer.model_copy(update={"until": found.value.end}), found.end
    plain = reading.text.plain
    for clock in find_clocks(plain, start, sentence.end, lambda _: None):
        before = plain[max(start, clock.start - 40) : clock.start]
        if clock.zone in {None, LOCAL} and _UNTIL.search(before):
            at = time(clock.minute // 60 % 24, clock.minute % 60)
            return longer.model_copy(update={"until_clock": at}), clock.end
    return longer, 0
