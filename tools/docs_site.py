"""Build the docs site into out/docs: pages put ready, built by zensical, then looked through.

The pages read well on their own, in an editor or where the repository is looked at. For the site
the papers at the top of the repository become pages, links to them lead there, and fences and
lists are written as the site's Markdown wants them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["GENERATED", "PAPERS", "as_on_the_site", "built", "disarm", "outward", "put_ready"]

ROOT = Path(__file__).resolve().parents[1]
READY = ROOT / "out" / "docs-pages"
SITE = ROOT / "out" / "docs"

PAPERS = {name: name.lower() for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")}
"""Papers at the top of the repository → their pages. The README's page is the site's first."""

GENERATED = {
    "api.md": "docs_api.py", "commands.md": "docs_commands.py",
    "data-dictionary.md": "docs_data_dictionary.py", "pictures/house.svg": "house_picture.py",
}  # fmt: skip
"""Pages and drawings that a tool writes whole."""

_FENCE = re.compile(r"^```([a-z]+) ([^\n]+)$", re.MULTILINE)
_LIST = re.compile(r"^( *)(?:[-*]|\d+\.) ")
_LOADS = re.compile(
    r"""<(?:script|img|iframe|source|audio|video|embed|input)\b[^>]*?\ssrc(?:set)?=["']?([^"'\s>]+)"""
    r"""|<link\b(?![^>]*\brel=["']?(?:canonical|next|prev)\b)[^>]*?\shref=["']?([^"'\s>]+)"""
    r"""|<object\b[^>]*?\sdata=["']?([^"'\s>]+)"""
    r"""|url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)"""
)
_ADDRESS = re.compile(r"https?://(?!www\.w3\.org/)[\w.-]+/?")
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


def put_ready(pages: Path, to: Path) -> None:
    """Write every page and what stands beside it into a folder of its own, as the site wants it."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(pages, to)
    for page in to.rglob("*.md"):
        depth = len(page.relative_to(to).parts) - 1
        page.write_text(as_on_the_site(page.read_text("utf-8"), depth=depth), encoding="utf-8")
    for paper, name in PAPERS.items():
        text = (pages.parent / paper).read_text(encoding="utf-8")
        text = re.sub(r"\]\(docs/([^)]*)\)", r"](\1)", text)
        (to / name).write_text(as_on_the_site(text), encoding="utf-8")


def as_on_the_site(text: str, *, depth: int = 0) -> str:
    """Point links at the papers' pages, name the file above its fence, part lists from text."""
    for paper, page in {**PAPERS, "README.md": "index.md"}.items():
        text = re.sub(rf"\]\((?:\.\./)*{re.escape(paper)}", f"]({'../' * depth}{page}", text)
    return _parted(_FENCE.sub(_titled, text))


def _titled(fence: re.Match[str]) -> str:
    language, about = fence[1], fence[2].strip()
    return f'```{language} title="{about}"' if "." in about else f"```{language}"


def _parted(text: str) -> str:
    """Put an empty line before a list that follows its sentence at once, outside of fences."""
    lines: list[str] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.lstrip().startswith("```")
        before = lines[-1] if lines else ""
        begins = _LIST.match(line) and before.strip() and not before.startswith((" ", "\t"))
        if begins and not fenced and not _LIST.match(before):
            lines.append("")
        lines.append(line)
    return "\n".join(lines) + "\n"


def outward(text: str) -> list[str]:
    """List what a page or a stylesheet loads from elsewhere; links that one follows are none."""
    found = (next(filter(None, each)) for each in _LOADS.findall(text))
    return [address for address in found if _ELSEWHERE.match(address)]


def disarm(site: Path) -> None:
    """Take out of the theme's scripts where they would load more from: parts that are not used."""
    for path in site.glob("assets/javascripts/**/*.js"):
        text = path.read_text(encoding="utf-8")
        path.write_text(_ADDRESS.sub("./not-here/", text), encoding="utf-8")


def built(site: Path) -> list[str]:
    """List what is wrong with a site: it must open with no connection, and all of it."""
    return [
        f"{path.relative_to(site)} loads {address}"
        for path in sorted(site.rglob("*"))
        if path.suffix in {".html", ".css", ".svg"}
        for address in outward(path.read_text(encoding="utf-8"))
    ] + [
        f"{path.relative_to(site)} names {address}"
        for path in sorted(site.rglob("*.js"))
        if path.name != "search.js"  # the pages' own text
        for address in _ADDRESS.findall(path.read_text(encoding="utf-8"))
    ]


def _run(*words: str | Path) -> int:
    return subprocess.run(words, cwd=ROOT, check=False).returncode


def main() -> int:
    """Refuse stale pages, build, look it through."""
    stale = [
        tool for tool in GENERATED.values() if _run(sys.executable, f"tools/{tool}", "--check")
    ]
    if stale:
        print(f"*** stale; run: {' && '.join(f'python tools/{tool}' for tool in stale)}")
        return 1
    put_ready(ROOT / "docs", READY)
    shutil.rmtree(SITE, ignore_errors=True)
    broken = _run(Path(sys.executable).with_name("zensical"), "build", "--clean", "--strict")
    if not broken:
        disarm(SITE)
    faults = ["the site could not be built"] if broken else built(SITE)
    for fault in faults:
        print(f"*** {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
