"""Make the forms of Russian verbs from short lines, with their English.

A line is ``infinitive stem.class past participle imperative = base past participle``, ``-``
where a verb lacks a form; one without a participle has no passive. The class gives the endings
of the present or future: ``e1`` вед-ет вед-ут, ``e2`` откро-ет откро-ют, ``i1`` разреш-ит
разреш-ат with ``i2``. ``pf`` verbs speak of the time to come in these forms, ``ipf`` verbs of
the present. An English that begins with ``=`` is the same in the active and with ``-ся``.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from safepassage.declaration.russian.phrases.more_verbs import MORE_VERBS
from safepassage.declaration.russian.phrases.verb_list import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["verb_lines"]

_ENDINGS = {
    "e1": ("ет", "ут", "ем", "ете"), "e2": ("ет", "ют", "ем", "ете"),
    "i1": ("ит", "ят", "им", "ите"), "i2": ("ит", "ат", "им", "ите"),
}  # fmt: skip
_VOWELS = "аеиоуыэюя"
_WILL_BE = "будет|будут|будем|будете"
_WAS = "был|была|было|были"
_MAY = "может|могут|можете|можем"


def verb_lines(known: frozenset[str]) -> str:
    """Give the phrasebook's lines for all forms of all verbs that are not known already.

    Parameters
    ----------
    known
        First words of the entries of one word that the hand-made lines have.

    """
    lines: dict[str, str] = {}
    for line in chain(VERBS.splitlines(), MORE_VERBS.splitlines()):
        entry = line.partition("#")[0].strip()
        if entry:
            for words, english in chain.from_iterable(_forms(entry)):
                if words not in known:
                    lines.setdefault(words, english)
    return "\n".join(f"{words} = {english}" for words, english in lines.items())


def _forms(entry: str) -> Iterator[Iterator[tuple[str, str]]]:
    russian, _, told = entry.partition("=")
    aspect, infinitive, present, past, participle, imperative = russian.split()
    base, was, done = (part.replace("_", " ") for part in told.split())
    yield _active(aspect, infinitive, present, past, base, was)
    yield _commands(imperative, base)
    if participle != "-":
        yield _passive(participle, done)
    if done != "-":
        yield _reflexive(aspect, infinitive, present, past, done)


def _present(present: str) -> list[str]:
    stem, _, kind = present.partition(".")
    return [stem + ending for ending in _ENDINGS[kind]]


def _pasts(past: str) -> list[str]:
    stem = past if past.endswith("л") else past + "л"
    return [past, stem + "а", stem + "о", stem + "и"]


def _active(
    aspect: str, infinitive: str, present: str, past: str, base: str, was: str
) -> Iterator[tuple[str, str]]:
    yield infinitive, base
    for form in _present(present) if present != "-" else ():
        yield form, f"will {base}" if aspect == "pf" else base
        yield f"не {form}", f"will not {base}" if aspect == "pf" else f"do not {base}"
    for form in _pasts(past) if past != "-" else ():
        yield form, was
        yield f"не {form}", f"did not {base}"
    for be in _WILL_BE.split("|"):
        yield f"{be} {infinitive}", f"will {base}"
        yield f"не {be} {infinitive}", f"will not {base}"
    for may in _MAY.split("|"):
        yield f"{may} {infinitive}", f"may {base}"
        yield f"не {may} {infinitive}", f"may not {base}"


def _commands(imperative: str, base: str) -> Iterator[tuple[str, str]]:
    if imperative != "-":
        yield imperative, base
        yield f"не {imperative}", f"do not {base}"


def _passive(participle: str, done: str) -> Iterator[tuple[str, str]]:
    short = participle.removesuffix("н") + "н" if participle.endswith("нн") else participle
    root = participle.removesuffix("н") if participle.endswith("нн") else participle
    for form in (short, root + "а", root + "о", root + "ы"):
        yield form, f"are {done}" if form.endswith("ы") else f"is {done}"
        yield f"не {form}", f"is not {done}"
        for be in _WILL_BE.split("|")[:2]:
            yield f"{be} {form}", f"will be {done}"
            yield f"не {be} {form}", f"will not be {done}"
        for was in _WAS.split("|"):
            yield f"{was} {form}", f"was {done}"


def _reflexive(
    aspect: str, infinitive: str, present: str, past: str, done: str
) -> Iterator[tuple[str, str]]:
    for form in _present(present)[:2] if present != "-" else ():
        yield f"{form}ся", f"will be {done}" if aspect == "pf" else f"is {done}"
        yield f"не {form}ся", f"will not be {done}" if aspect == "pf" else f"is not {done}"
    for form in _pasts(past) if past != "-" else ():
        yield form + ("сь" if form[-1] in _VOWELS else "ся"), f"was {done}"
    yield f"{infinitive}ся", f"be {done}"
    for be in _WILL_BE.split("|")[:2]:
        yield f"{be} {infinitive}ся", f"will be {done}"
