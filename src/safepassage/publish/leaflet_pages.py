"""Write leaflets as pages: one of HTML for each zone, and one sheet of A5 as PDF."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safepassage.publish.bundle import arabic_letters
from safepassage.publish.leaflet_map import small_map
from safepassage.publish.page import STILL_POLICY, template
from safepassage.publish.pdf import pdf_of
from safepassage.publish.shortened import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pypdf import PageObject

    from safepassage.publish.distribution import Obstacle
    from safepassage.publish.leaflet_map import Streets
    from safepassage.publish.leaflet_marks import Marks
    from safepassage.publish.leaflet_view import View

__all__ = ["cut", "pages"]

_BRING = (
    "Papers, yours and your children's", "Water, and food for a day", "Medicine for a week",
    "Warm clothes, and shoes to walk in", "No more than you can carry",
    "No weapons, no uniforms",
)  # fmt: skip
"""What to bring: general advice, an assumption, with no source in the case."""

_FILLS = 2750
"""Signs that fill a page; of a leaflet with more the letters are smaller (found by trying)."""
_ITEM = 40
"""Signs that the rest of a line takes in a list (the same)."""
_LEAST = 0.7

_NUMBER = "<!--number-->"
_LETTERS = re.compile(r"font-size: ([\d.]+)em")
_SMALLER = (1.0, 0.94, 0.88)
"""How much smaller letters are tried where a leaflet takes more than its sheet."""
_ARTICLE = re.compile(r"<article .*?</article>", re.DOTALL)


def pages(
    view: View, told: Sequence[dict[str, Any]], streets: Streets, marks: Marks,
    against: Sequence[Obstacle],
) -> dict[str, str]:  # fmt: skip
    """Write a page of HTML for each zone.

    Parameters
    ----------
    view, told
        The language, and what is told to each zone.
    streets
        For the small maps.
    marks, against
        What is marked, and the reasons.

    Returns
    -------
    The zone's name in files → its page, which needs nothing beside it.

    """
    reasons = [_reason(view, each) for each in against]
    shared = _shared(view)
    page = template("leaflet.html.j2")
    made = {}
    for zone in told:
        shown = {
            **zone, "head": marks.head(view.say, reasons), "foot": marks.foot(view.say),
            "map": _map(view, zone, streets), "letters": "1em",
            "starred": any(row["slow"] and row["slow"] != row["latest"] for row in zone["rows"]),
        }  # fmt: skip
        title = " · ".join([*filter(None, [marks.told]), zone["name"], shared["case"]])

        def written(shown: dict[str, Any] = shown, title: str = title) -> str:
            return page.render(**shared, leaflets=[shown], title=title)

        shown["letters"] = f"{min(1.0, max(_LEAST, (_FILLS / _size(written())) ** 0.5)):.3f}em"
        made[zone["slug"]] = written()
    return made


def cut(written: Sequence[str]) -> list[bytes]:
    """Make a PDF of each page: all in one go, then cut apart.

    Parameters
    ----------
    written
        Pages of one language, as ``pages`` makes them.

    Raises
    ------
    InputError
        If nothing here makes a PDF.

    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only where PDFs are made

    if not written:
        return []
    sheets: list[PageObject] = []
    for smaller in _SMALLER:
        sheets = list(PdfReader(io.BytesIO(pdf_of(_book(written, smaller)))).pages)
        if len(sheets) == len(written):
            break
    made = []
    for each in _shares(sheets, written):
        one, out = PdfWriter(), io.BytesIO()
        for sheet in each:
            one.add_page(sheet)
        one.write(out)
        made.append(out.getvalue())
    return made


def _shares(sheets: list[PageObject], written: Sequence[str]) -> list[list[PageObject]]:
    """Give each leaflet its sheets: one, or those up to the one that bears its number."""
    if len(sheets) == len(written):
        return [[sheet] for sheet in sheets]
    shares: list[list[PageObject]] = []
    for number in range(1, len(written) + 1):
        shares.append([])
        while sheets:
            shares[-1].append(sheets.pop(0))
            if f"[{number}]" in "".join(shares[-1][-1].extract_text().split()):
                break
    return shares


def _book(written: Sequence[str], smaller: float) -> str:
    """Put the leaflets of pages into one page, with letters for all that is in them."""
    articles = [_ARTICLE.search(each) for each in written]
    whole = "\n".join(
        each[0].replace(_NUMBER, f" [{number}]") for number, each in enumerate(articles, 1) if each
    )
    first = written[0]
    head, end = first.split("<article ", 1)[0], first.rsplit("</article>", 1)[1]
    if "@font-face" not in head:
        head = head.replace("<style>", f"<style>\n{arabic_letters()}", 1)
    whole = _LETTERS.sub(lambda found: f"font-size: {float(found[1]) * smaller:.3f}em", whole)
    return f"{head}{whole}{end}"


def _size(page: str) -> int:
    article = _ARTICLE.search(page)
    text = article[0] if article else page
    return len(Markup(text).striptags()) + _ITEM * text.count("<li>")  # noqa: S704 - only counted


def _shared(view: View) -> dict[str, Any]:
    plan, say = view.plan, view.say
    view.missing.clear()
    hours = plan["window"]["announced"]
    consent = _consent(view)
    issuers = dict.fromkeys(each.get("issuer") or "" for each in plan["declarations"])
    announced = [view.word(each) for each in issuers if each]
    letters = Markup(arabic_letters()) if say.language != "en" else ""  # noqa: S704 - our bundle
    return {
        "say": say, "policy": f"{STILL_POLICY}; font-src data:", "letters": letters,
        "case": plan["case"]["id"], "clock": view.clock, "consent": consent,
        "pause": say("Announced by {issuer}.", issuer=say.listed(announced))
        if announced else say("Humanitarian pause"),
        "day": say.day(view.at(hours["start"]).isoformat()), "start": view.clock(hours["start"]),
        "end": view.clock(hours["end"]), "bring": [say(each) for each in _BRING],
        "unnamed": bool(view.missing), "credits": "; ".join(plan["attribution"]),
        "tool": f"{plan['tool']['name']} {plan['tool']['version']}",
    }  # fmt: skip


def _consent(view: View) -> list[str]:
    say = view.say
    return [
        say("{party}: {status}, as stated by {who}.", party=view.word(each["party"]),
            status=say(each["status"]), who=view.word(each["stated_by"]))
        if each["stated_by"]
        else say("{party}: {status}.", party=view.word(each["party"]), status=say(each["status"]))
        for each in view.plan["consent"]
    ]  # fmt: skip


def _reason(view: View, obstacle: Obstacle) -> str:
    """Say an obstacle, its corridors and parties by the names that this language has."""
    named = {each["name"]: view.name(each) for each in view.plan["corridors"]}
    names = [named.get(each) or view.word(each) for each in obstacle.names]
    return view.say(obstacle.text, names=view.say.listed(names))


def _map(view: View, zone: Mapping[str, Any], streets: Streets) -> Markup:
    def mark(thing: Mapping[str, Any]) -> tuple[str, float, float]:
        return short_name(view.name(thing)), thing["lon"], thing["lat"]

    proposed = {one["row"]["id"] for one in zone["proposals"]}
    shown = [row for row in zone["rows"] if row["id"] in proposed] or zone["rows"]
    return small_map(
        streets, view.say, zone=mark(zone["zone"]),
        routes=[one["lines"] for one in zone["proposals"]],
        crossings=[mark(row["corridor"]) for row in shown],
        passed=[mark(each) for one in zone["proposals"] for each in one["passed"]],
        name=zone["slug"],
    )  # fmt: skip
