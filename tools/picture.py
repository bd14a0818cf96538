"""Take the pictures of a brief that README and docs show: the map with its numbers, and page one.

    python tools/picture.py out/aleppo-2016-11-04/brief.html [--minute 150] [--to docs/pictures]

Where brief.ar.html lies beside it, page one is taken in Arabic too. Needs the test tools
(playwright) and Debian's chromium; asks nothing of a network.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import GL, PICTURES, browser, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

STILL = """
.player { position: static !important; }
.curve, .skip { display: none !important; }
#minute-by-minute { padding-inline: 1.2rem; border: 0; }
.page-one { padding: 1.4rem 1.2rem; }
"""


def take(page: Page, brief: Path, minute: int, folder: Path) -> list[Path]:
    """Open a brief, move it to a minute and take its two pictures."""
    page.goto(brief.resolve().as_uri())
    page.wait_for_function("() => window.safepassage")
    page.add_style_tag(content=STILL)
    page.evaluate("minute => window.safepassage.setMinute(minute)", minute)
    page.evaluate("() => window.safepassage.idle()")
    folder.mkdir(parents=True, exist_ok=True)
    taken = {"brief.png": "#minute-by-minute", "brief-page-one.png": ".page-one"}
    for name, part in taken.items():
        page.locator(part).screenshot(path=folder / name)
    arabic = brief.with_name("brief.ar.html")
    if arabic.is_file():
        page.goto(arabic.resolve().as_uri())
        page.add_style_tag(content=STILL)
        page.evaluate("() => document.fonts.ready")
        taken["brief-page-one-ar.png"] = ".page-one"
        page.locator(".page-one").screenshot(path=folder / "brief-page-one-ar.png")
    return [folder / name for name in taken]


def main() -> int:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("brief", type=Path, help="a brief.html")
    parser.add_argument("--minute", type=int, default=150, help="minute of the usable window")
    parser.add_argument("--to", type=Path, default=PICTURES, help="folder")
    given = parser.parse_args()
    with browser(*GL) as opened:
        page = opened.new_page(viewport={"width": 1240, "height": 900}, device_scale_factor=1.5)
        for path in take(page, given.brief, given.minute, given.to):
            told(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
