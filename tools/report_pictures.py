"""Take the pictures of docs/reports.md: the first sheet of each report, as it would be printed.

    safepassage report … --to out/reports
    python tools/report_pictures.py out/reports [--to docs/pictures]

Needs the test tools (playwright) and Debian's chromium; asks nothing of a network.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import PICTURES, browser, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser

A4 = (794, 1123)
A3_LYING = (1587, 1123)
PAPER = (
    "body { margin: 9mm 10mm !important; max-width: none !important }"
    ".sheet ~ .sheet { display: none !important }"
)


def take(browser: Browser, report: Path, folder: Path) -> Path:
    """Open a report as it is printed and take the picture of its first sheet."""
    kind, language = report.stem.split("-")[0], report.stem.split("-")[-1]
    width, height = A3_LYING if kind == "board" else A4
    page = browser.new_page(viewport={"width": width, "height": height})
    page.emulate_media(media="print")
    page.goto(report.resolve().as_uri())
    page.add_style_tag(content=PAPER)
    path = folder / f"report-{kind}-{language}.png"
    page.screenshot(path=path, clip={"x": 0, "y": 0, "width": width, "height": height})
    page.close()
    return path


def main() -> int:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, help="a folder that `safepassage report` wrote")
    parser.add_argument("--to", type=Path, default=PICTURES, help="folder")
    given = parser.parse_args()
    with browser() as opened:
        for report in sorted(given.reports.glob("*.html")):
            path = take(opened, report, given.to)
            told(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
