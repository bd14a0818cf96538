"""Take the article out of a saved web page: headline, date, byline, paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["article_of", "declared_encoding", "is_page"]

_START = re.compile(
    r"\ufeff?\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,2000}-->\s{0,200})?"
    r"<(?:!doctype\s{1,9}html|html|head)[\s>]",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta\b[^>]{0,300}\bcharset=[\"' ]{0,3}([\w.:-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "thead", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_LEFT_OUT = frozenset({
    "applet", "audio", "button", "canvas", "embed", "figcaption", "footer", "head", "iframe",
    "map", "menu", "nav", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "video",
})  # fmt: skip
_WHOLE = frozenset({"html", "body"})
_MAYBE_LEFT_OUT = frozenset({"aside", "form", "header", "label"})
_ROLES = frozenset({
    "alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar",
    "navigation", "search", "toolbar",
})  # fmt: skip
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|banner|breadcrumbs?|caption|comment(?:s|list)?|cookies?|disqus|"
    r"footer|menu|most-?(?:read|popular)|nav(?:bar|igation)?|newsletter|outbrain|pagination|"
    r"paywall|popup|promo|read-?(?:also|more|next)|recommend(?:ed|ations?)?|related\w*|see-?also|"
    r"shar(?:e|ing)|side-?bar|social|sponsored|subscri\w+|taboola|tags|tag-?(?:list|links|cloud)|"
    r"teaser-?list|toolbar|trending|widget-?area)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names that pages give to what stands around an article, in class and id."""
_DATED = re.compile(
    r"(?:^|[\s_-])(?:by-?line|date|date-?line|datetime|posted|pub-?date|publish(?:ed)?|"
    r"timestamp)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_DATE_METAS = ("article:published_time", "datepublished", "date", "dc.date", "pubdate")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_BLANK_LINES = re.compile(r"\n{3,}")
_SITE_NAME = re.compile(r"\s[|–—·»-]\s[^|–—·»]{1,40}$")
_MOST = 0.8
"""The article is the smallest part of a page that holds this share of its running text."""
_NEARLY_ALL = 0.9
"""What holds this share of a page is no mere surrounding, whatever its name."""
_MOSTLY = 0.5
"""A line of which this share is links leads elsewhere."""


@dataclass(slots=True)
class _Node:
    """Hold one element: what it holds is ``nodes[at : last + 1]``."""

    parent: int
    last: int
    doubtful: bool
    article: bool
    size: int = 0
    running: int = 0
    headline: bool = False


@dataclass(slots=True)
class _Line:
    """Hold one paragraph, heading, item or row of a page."""

    node: int
    tag: str
    dated: bool
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    cells: int = 0

    @property
    def text(self) -> str:
        lines = [" ".join(line.split()) for line in "".join(self.parts).split("\n")]
        return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Page:
    """Walk a page once; hold its elements and lines in order."""

    def __init__(self, root: Any) -> None:
        from lxml import etree  # noqa: PLC0415

        self.nodes: list[_Node] = []
        self.lines: list[_Line] = []
        self._open: list[int] = []
        self._tags: list[str | None] = []
        self._links = self._dated = self._pre = 0
        self._line: _Line | None = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            left_out = _is_left_out(element)
            if event == "start":
                if left_out:
                    walk.skip_subtree()
                else:
                    self._enter(element)
            else:
                if not left_out:
                    self._leave(element)
                if element is not root:
                    self._add(element.tail)

    def _enter(self, element: Any) -> None:
        tag = element.tag
        parent = self._open[-1] if self._open else 0
        self._open.append(len(self.nodes))
        self.nodes.append(_Node(parent, len(self.nodes), _is_doubtful(element), tag == "article"))
        self._dated += _is_dated(element)
        self._links += tag == "a"
        self._pre += tag == "pre"
        block = tag in _BLOCKS or (tag in _CELLS and _is_layout(element))
        self._tags.append(tag if block else None)
        if block:
            self._line = None
        elif tag == "br" and self._line:
            self._line.parts.append("\n")
        elif tag in _CELLS and self._line:
            self._line.parts.append(", " if self._line.cells else ": ")
            self._line.cells += 1
        self._add(element.text)

    def _leave(self, element: Any) -> None:
        tag = element.tag
        node = self.nodes[self._open.pop()]
        node.last = len(self.nodes) - 1
        self._dated -= _is_dated(element)
        self._links -= tag == "a"
        self._pre -= tag == "pre"
        if self._tags.pop():
            self._line = None

    def _add(self, words: str | None) -> None:
        if not words or (self._line is None and words.isspace()):
            return
        at = self._open[-1]
        if self._line is None:
            tag = next((tag for tag in reversed(self._tags) if tag), "body")
            self._line = _Line(at, tag, bool(self._dated))
            self.lines.append(self._line)
            self.nodes[at].headline |= tag == "h1"
        size = len(words.strip())
        self._line.parts.append(words if self._pre else words.replace("\n", " "))
        self._line.dated |= bool(self._dated)
        self._line.linked += size if self._links else 0
        self.nodes[at].size += size
        self.nodes[at].running += 0 if self._links else size


def is_page(text: str, name: str = "") -> bool:
    """Tell whether a text is a web page: by its first tag, or a name ending in ``.html``."""
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    return _START.match(text) is not None or (named and "</" in text)


def declared_encoding(data: bytes) -> str | None:
    """Give the encoding that the head of a page names, in lower case."""
    found = _CHARSET.search(data, 0, _HEAD_BYTES)
    return found[1].decode("ascii").lower() if found else None


def article_of(page: str, name: str) -> str:
    """Give the headline, the date or byline, and the paragraphs of a page's article.

    Menus, forms, captions, comments, and what else a page puts round its article are left
    out, as are lines that are mostly links. Paragraphs have a blank line between them.

    Raises
    ------
    InputError
        If the page holds no article, or is nested deeper than a page can be.

    """
    from lxml import etree, html  # noqa: PLC0415

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(page.encode("utf-8"), parser=parser)
    except etree.ParserError as error:
        raise _no_article(name) from error
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        remedy = "Copy the text of the article into a file."
        raise InputError.one(name, "is a page nested too deeply to be read", remedy)
    walked = _Page(root)
    kept = _kept(walked)
    lines = _article(walked, kept)
    if not lines:
        raise _no_article(name)
    return _written(_headed(root, walked, kept, lines))


def _no_article(name: str) -> InputError:
    remedy = "Copy the text of the article into a file."
    return InputError.one(name, "is a page without an article", remedy)


def _is_left_out(element: Any) -> bool:
    if element.tag in _WHOLE:
        return False
    if element.tag in _LEFT_OUT or element.get("hidden") is not None:
        return True
    hidden = element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or "")
    return bool(hidden) or (element.get("role") or "").lower() in _ROLES


def _is_doubtful(element: Any) -> bool:
    """Tell whether its name says that it stands around an article."""
    if element.tag in {*_WHOLE, "article", "main"}:
        return False
    return element.tag in _MAYBE_LEFT_OUT or _has_name(element, _NOISE)


def _is_layout(cell: Any) -> bool:
    """Tell whether a cell holds lines of its own, as where a table lays out the whole page."""
    return next(cell.iter("br", "div", "h1", "h2", "h3", "p", "table", "ul"), None) is not None


def _is_dated(element: Any) -> bool:
    return element.tag == "time" or _has_name(element, _DATED)


def _has_name(element: Any, names: re.Pattern[str]) -> bool:
    values = (element.get(key) for key in ("class", "id"))
    return any(names.search(_CAMEL.sub("-", value[:500])) for value in values if value)


def _sum_up(nodes: Sequence[_Node]) -> None:
    """Add to each element what the elements inside it hold."""
    for node in reversed(nodes[1:]):
        parent = nodes[node.parent]
        parent.size += node.size
        parent.running += node.running
        parent.headline |= node.headline


def _kept(page: _Page) -> list[bool]:
    """Tell of each element whether it may belong to the article."""
    _sum_up(page.nodes)
    total = page.nodes[0].size
    kept = []
    until = -1
    for at, node in enumerate(page.nodes):
        if at > until and node.doubtful and not node.headline and node.size < _NEARLY_ALL * total:
            until = node.last
            lost, above = node.running, node.parent
            while above:
                page.nodes[above].running -= lost
                above = page.nodes[above].parent
            page.nodes[0].running -= lost
        kept.append(at > until)
    return kept


def _article(page: _Page, kept: Sequence[bool]) -> list[_Line]:
    """Give the lines from the headline to the end of the part that holds most of the text.

    That is the innermost ``article`` that does, else the smallest part of any name.
    """
    least = _MOST * page.nodes[0].running
    holding = [at for at, node in enumerate(page.nodes) if kept[at] and node.running >= least]
    if not least or not holding:
        return []
    articles = [at for at in holding if page.nodes[at].article]
    first = (articles or holding)[-1]
    last = page.nodes[first].last
    own = [line for line in page.lines if kept[line.node]]
    headlines = [line.node for line in own if line.tag == "h1" and line.node < first]
    first = headlines[-1] if headlines else first
    inside = [line for line in own if first <= line.node <= last and line.text]
    return [line for line in inside if line.linked <= _MOSTLY * len(line.text)]


def _headed(
    root: Any, page: _Page, kept: Sequence[bool], lines: list[_Line]
) -> list[tuple[str, str]]:
    """Give the tag and text of each line, a headline and a date put before where they lack."""
    found = [(line.tag, line.text) for line in lines]
    head: list[tuple[str, str]] = []
    if not any(line.tag == "h1" for line in lines) and (title := _title(root)):
        head.append(("h1", title))
    if not any(line.dated for line in lines):
        dates = [line.text for line in page.lines if line.dated and kept[line.node] and line.text]
        date = dates[0] if dates else _meta(root, _DATE_METAS, _ISO_DATE)
        if date:
            at = next((i + 1 for i, (tag, _) in enumerate(found[:1]) if tag == "h1"), 0)
            found.insert(at, ("p", date))
    return [*head, *found]


def _title(root: Any) -> str | None:
    words = _meta(root, ("og:title",), re.compile(r".{1,500}"))
    if not words:
        element = root.find(".//title")
        words = " ".join((element.text or "").split()) if element is not None else ""
        words = _SITE_NAME.sub("", words[:500])
    return words or None


def _meta(root: Any, names: Sequence[str], form: re.Pattern[str]) -> str | None:
    """Give what the page's head says under one of several names."""
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        match = form.match((element.get("content") or "").strip())
        if match:
            said.setdefault(key.lower(), match[0])
    return next((said[name] for name in names if name in said), None)


def _written(lines: Sequence[tuple[str, str]]) -> str:
    """Write lines as plain text: items and rows one to a line, else a blank line between."""
    text = ""
    before = ""
    for tag, words in lines:
        close = tag in {"li", "tr", "dt", "dd"} and tag == before
        text += ("\n" if close else "\n\n") if text else ""
        text += f"- {words}" if tag == "li" else words
        before = tag
    return text + "\n"
