"""Find mayors, governors, councils and other offices of a town or region in English text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.nations import ADJECTIVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.text import Text

__all__ = ["local_offices"]

_TOWN = r"[A-Z][\w']{1,24}(?:[ -][A-Z][\w']{1,24}){0,2}"
_RANK = (
    r"(?i:regional |city |town |district |state |provincial |municipal |military |civil |local )"
)
_KIND = r"(?i:region|province|governorate|oblast|district|city|county|island)"
_WHAT = (
    r"(?P<what>(?i:mayor's office|mayor|governor's office|governorate(?= (?:said|announced|of))|"
    r"governor|city hall|(?:city|town|municipal|village|provincial|regional|"
    r"district|governorate|civil|local) council|municipality|administration|"
    r"emergency (?:response )?rooms?|operations room))"
)
_OF = re.compile(
    r"(?<![\w'-])(?i:deputy |acting |the )*(?P<what>(?i:mayor|governor|municipality|city council|"
    rf"emergency (?:response )?room|(?:head|chief|chairman) of the {_RANK}{{0,3}}administration))"
    rf" (?i:of|in) (?i:the )?(?i:city of |province of |governorate of )?(?P<town>{_TOWN})"
    rf"(?: {_KIND})?(?![\w'-])"
)
_HEAD_OF = re.compile(
    rf"(?<![\w'-])(?i:head|chief|chairman) of (?i:the )?(?P<town>{_TOWN})(?:'s)? "
    rf"(?P<rank>{_RANK}{{0,3}})(?P<what>(?i:administration|council))(?![\w'-])"
)
_BY = re.compile(rf"(?<![\w'-])(?P<town>{_TOWN})(?:'s)? (?P<rank>{_RANK}{{0,3}}){_WHAT}(?![\w'-])")
_BARE = re.compile(
    r"(?<![\w'-])(?i:the |your |head of the |head of |chief of the )?"
    rf"(?:(?P<rank>{_RANK}{{1,3}})(?P<a>(?i:administration))|(?P<b>(?i:mayor's office|mayor|"
    r"governor's office|governor|municipality|city hall|emergency (?:response )?room)))(?![\w'-])"
)
_NO_TOWN = re.compile(
    r"(?:The|A|An|Our|Your|His|Her|Their|Its|This|That|Deputy|Acting|Former|In|On|At|By|For|From|"
    r"Dear|Regional|City|Town|State|Military|Local|Civil|Provincial|Municipal|District|Head|Chief|"
    r"And|But|When|As|Telegram|Trump|Biden|Bush|Obama|Clinton|Presidential|Mr|Mrs)(?![\w])"
)


def local_offices(text: Text) -> Iterator[tuple[int, int, str]]:
    """Give offices of towns and regions: where each is named, and what it is called here."""
    for pattern in (_OF, _HEAD_OF, _BY):
        for match in pattern.finditer(text.cased):
            town = match["town"].removesuffix("'s")
            if _NO_TOWN.match(town) or town.split(" ")[0].lower() in _nations():
                continue
            rank = (match.groupdict().get("rank") or "").strip()
            yield match.start(), match.end(), _called(match["what"].lower(), town, rank)
    for match in _BARE.finditer(text.cased):
        what = (match["a"] or match["b"]).lower()
        yield match.start(), match.end(), _called(what, "", (match["rank"] or "").strip())


def _nations() -> frozenset[str]:
    return frozenset(word for words in ADJECTIVES.values() for word in words)


def _called(what: str, town: str, rank: str) -> str:
    """Name an office as the project writes it."""
    if what.startswith("mayor"):
        return f"Mayor of {town}" if town else "Mayor"
    if what.startswith("governor"):
        return f"Governor of {town}" if town else "Governor"
    if what.startswith("emergency"):
        return f"{town} Emergency Response Room".strip()
    if "administration" in what:
        ranks = what.rpartition("the ")[2].removesuffix("administration").strip() or rank
        return f"{town} {ranks.title()} Administration".strip().replace("  ", " ")
    if "council" in what:
        return (
            f"{town} City Council".strip() if "city" in what + rank else f"{town} Council".strip()
        )
    return f"{town} {what.title()}".strip()
