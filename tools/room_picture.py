"""Take the pictures of the operations room that docs/room.md shows, in a rehearsal of its own.

    python tools/room_picture.py [--case aleppo-2016-11-04] [--to docs/pictures]

Plays the day until a crossing has closed, makes a new plan and looks back. Needs the test tools
(playwright) and Debian's chromium; asks nothing of a network.
"""

from __future__ import annotations

import argparse
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import GL, PICTURES, browser, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTH, HEIGHT = 1280, 800
CLOSED = "tr[data-corridor='bustan-al-qasr'][data-state='closed']"


def opened(browser: Browser, link: str, language: str) -> Page:
    """Open the room by its link, and wait until it is drawn."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5)
    page.set_default_timeout(120_000)
    page.goto(link.replace("/#", f"/?language={language}#"))
    page.wait_for_function("() => window.room && window.room.page().map.map")
    drawn(page)
    return page


def drawn(page: Page) -> None:
    """Wait until the map stands."""
    page.evaluate("() => window.room.page().map.map.idle()")


def take(browser: Browser, link: str, stop: object, folder: Path) -> list[Path]:
    """Take the three pictures: the room as a crossing closes, the new plan, the room in Arabic."""
    taken = []

    def keep(page: Page, name: str) -> None:
        drawn(page)
        taken.append(folder / name)
        page.screenshot(path=taken[-1])

    page = opened(browser, link, "en")
    page.wait_for_selector(CLOSED, state="attached")
    page.wait_for_timeout(1500)
    stop()  # type: ignore[operator] - the clock stands while the pictures are taken
    page.wait_for_timeout(1500)
    keep(page, "room.png")
    page.click("#tab-replan")
    page.click("[data-test=replan-make]")
    page.wait_for_selector("[data-test=replan-adopt]")
    keep(page, "room-replan.png")
    arabic = opened(browser, link, "ar")
    arabic.evaluate(
        "() => { const { room } = window.room; const minute = Math.floor(room.clock.now / 60000);"
        " room.travel((minute - 30) * 60000); }"
    )
    arabic.wait_for_selector("[data-test=as-known]")
    keep(arabic, "room-as-known.png")
    return taken


def main() -> int:
    """Read the command line, rehearse, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default="aleppo-2016-11-04", help="a case with a rehearsal")
    parser.add_argument("--to", type=Path, default=PICTURES, help="folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, browser(*GL) as opened_browser:
        played = subprocess.Popen(
            [sys.executable, "-m", "safepassage.cli", "rehearse", given.case, "--port", "0",
             "--speed", "30", "--without-window", "--to", f"{folder}/exercise"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        try:
            said = iter(played.stdout.readline, "") if played.stdout else iter(())
            link = next(m[0] for line in said if (m := re.search(r"http://\S+/#token=\S+", line)))
            stop = lambda: played.send_signal(signal.SIGUSR1)  # noqa: E731
            for path in take(opened_browser, link, stop, given.to):
                told(path)
        finally:
            played.send_signal(signal.SIGINT)
            played.wait(30)
    return 0


if __name__ == "__main__":
    sys.exit(main())
