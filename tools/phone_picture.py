"""Take the picture of the reporters' page that docs/reporter.md shows.

    python tools/phone_picture.py LINK [--to docs/pictures]

LINK is what `safepassage token new --role reporter --at ADDRESS` prints, of a server that runs:
best one of an exercise, since what is tapped here is recorded. Needs the test tools (playwright)
and Debian's chromium.
"""

from __future__ import annotations

import argparse
import base64
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import PICTURES, browser, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"width": 360, "height": 640}


def screens(page: Page, link: str) -> list[bytes]:
    """Count, tell of an incident, lose the connection and look at what waits, in Arabic at last."""
    taken = []
    page.goto(link)
    page.locator(".how[data-standing=connected]").wait_for()
    for step in ("+10", "+5", "+1", "+1"):
        page.get_by_role("button", name=step, exact=True).click()
    taken.append(page.screenshot())
    page.evaluate("() => navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.locator("nav [data-view=incident]").click()
    taken.append(page.screenshot())
    page.locator(".grid button").first.click()
    page.locator(".send").click()
    page.locator("nav [data-view=count]").click()
    page.locator(".send").click()
    page.locator(".how", has_text="2 ").wait_for()
    page.locator(".how").click()
    taken.append(page.screenshot())
    page.locator(".tongue").click()
    page.locator("nav [data-view=count]").click()
    page.locator(".step-1").click()
    taken.append(page.screenshot())
    return taken


def beside(browser: Browser, pictures: list[bytes]) -> bytes:
    """Put screens beside each other."""
    page = browser.new_page(viewport={"width": 1560, "height": 680}, device_scale_factor=1)
    shown = "".join(
        f'<img width="360" src="data:image/png;base64,{base64.b64encode(each).decode()}">'
        for each in pictures
    )
    page.set_content(
        "<style>body{margin:20px;display:flex;gap:26px;background:#fff}"
        f"img{{border:1px solid #999;border-radius:10px}}</style>{shown}"
    )
    return page.screenshot()


def main() -> int:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("link", help="a reporter's link")
    parser.add_argument("--to", type=Path, default=PICTURES, help="folder")
    given = parser.parse_args()
    with browser() as opened:
        phone = opened.new_context(viewport=PHONE, device_scale_factor=2, has_touch=True)
        path = given.to / "reporter.png"
        path.write_bytes(beside(opened, screens(phone.new_page(), given.link)))
        told(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
