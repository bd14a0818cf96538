"""Put an edition of a situation into a page: its time, its readers, EXERCISE where it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.publish.page import STILL_POLICY, template
from safepassage.publish.redaction import FEW, PUBLIC_DELAY

if TYPE_CHECKING:
    from safepassage.publish.report_words import Edition
    from safepassage.publish.tongue import Tongue

__all__ = ["as_of", "rendered"]


def rendered(name: str, issue: Edition, **view: Any) -> str:
    """Write a page from its template.

    Parameters
    ----------
    name
        The template.
    issue
        What is told, and to whom.
    view
        What this page shows besides.

    """
    page = template(name)
    shared = {
        "say": issue.say, "document": issue.document, "level": issue.level,
        "public": issue.public, "policy": STILL_POLICY, "as_of": as_of(issue),
        "edition_told": edition_told(issue), "unnamed": _unnamed(issue),
    }  # fmt: skip
    return page.render(**shared, **view)


def _unnamed(issue: Edition) -> bool:
    """Tell whether a corridor has no name in the reader's language."""
    key = f"name_{issue.say.language}"
    return issue.say.language != "en" and not all(
        each.get(key) for each in issue.document["corridors"]
    )


def as_of(issue: Edition) -> str:
    """Tell as known at which minute, on the place's clock and in UTC."""
    document, say = issue.document, issue.say
    at = document.get("as_known_at")
    if not at:
        return ""
    return say("As known at {time} on {day} ({utc} UTC)", time=say.clock(at), day=say.day(at),
               utc=at[11:16])  # fmt: skip


def edition_told(issue: Edition) -> str:
    """Tell for whom an edition is, and what was done to it for them."""
    say: Tongue = issue.say
    if issue.level == "partners":
        return say("For partners: no schedule, no times to set out, no free text.")
    return say(
        "For the public: at least {n} minutes old, as of a quarter of an hour; counts in tens, "
        "below {few} not told (assumptions). Do not rely on it for whether a corridor is open now.",
        n=PUBLIC_DELAY.seconds // 60, few=FEW,
    )  # fmt: skip
