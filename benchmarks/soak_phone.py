"""Report from a phone over a connection that fails in every way: nothing lost, nothing twice.

    python benchmarks/soak_phone.py [--reports 1000] [--seed 1]

A real browser opens the reporters' page of a server of its own. Between reports the connection is
cut, answers are lost after they were stored, the server says 503 or 429, another page answers in
its place, and the page is loaded anew in the middle of a count. Then the ledger is held against
what was tapped. Needs playwright and Debian's chromium.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import safepassage as sp
from safepassage.api.desk import Settings
from safepassage.api.server import Server
from safepassage.ledger.opening import make_ledger, open_ledger

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

FAULTS = ("none", "none", "cut", "lost", "503", "429", "another page", "offline")
RELOADS = 0.1
HURRY = "() => dispatchEvent(new Event('online'))"


class Line:
    """Be the connection between the phone and the server, and fail as asked."""

    def __init__(self, page: Page, rng: random.Random) -> None:
        self.page, self.rng = page, rng
        self.fault = "none"
        self.met: Counter[str] = Counter()
        page.route("**/api/*", self.passed)

    def passed(self, route: Route) -> None:
        """Let a request through, or not."""
        self.met[self.fault] += 1
        if self.fault == "lost" and route.request.method == "POST":
            route.fetch()
            route.abort()
        elif self.fault == "cut":
            route.abort()
        elif self.fault == "503":
            route.fulfill(status=503, json={"faults": []})
        elif self.fault == "429":
            route.fulfill(status=429, headers={"Retry-After": "1"}, json={"faults": []})
        elif self.fault == "another page":
            route.fulfill(status=200, content_type="text/html", body="<p>Log in</p>")
        else:
            route.continue_()

    def change(self) -> None:
        """Fail in another way, or mend."""
        self.fault = self.rng.choice(FAULTS)
        self.page.context.set_offline(self.fault == "offline")


def report(page: Page, line: Line, rng: random.Random) -> list[object]:
    """Report something, and give what the ledger must hold of it."""
    if rng.random() < 0.3:
        page.locator("nav [data-view=incident]").click()
        page.locator(".grid button").first.click()
        page.locator(".send").click()
        page.locator("nav [data-view=incident][aria-current]").wait_for()
        page.locator(".grid").wait_for()
        return ["incident"]
    page.locator("nav [data-view=count]").click()
    people = 0
    for _ in range(rng.randint(1, 4)):
        step = rng.choice((1, 5, 10))
        page.locator(f".step-{step}").click()
        people += step
        if rng.random() < RELOADS:
            line.met["loaded anew"] += 1
            page.reload()
    page.locator(".send").click()
    page.locator(".number", has_text="0").filter(has_not_text=str(people)).wait_for()
    return [people]


def soaked(folder: Path, reports: int, seed: int) -> dict[str, object]:
    """Report so many times, and hold the ledger against it."""
    rng = random.Random(seed)  # noqa: S311 - to be repeated
    ledger = folder / "soak.ledger"
    make_ledger(ledger, exercise=True).close()
    document = sp.plan("aleppo-2016-11-04").as_json()
    with Server(Settings(plan=document, ledger=ledger)) as server, sync_playwright() as playwright:
        token = server.token("reporter", "gate-1", ["bustan-al-qasr"])
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
        page.goto(f"{server.url}/report#token={token}")
        page.locator(".how", has_text="Connected").wait_for()
        page.evaluate("() => navigator.serviceWorker.ready")
        line, tapped = Line(page, rng), []
        started = time.perf_counter()
        for _ in range(reports):
            tapped += report(page, line, rng)
            if rng.random() < 0.2:
                line.change()
                page.evaluate(HURRY)
        line.fault = "none"
        page.context.set_offline(False)
        for _ in range(600):
            if "All sent" in page.locator(".how").inner_text():
                break
            page.evaluate(HURRY)
            page.wait_for_timeout(100)
        took = time.perf_counter() - started
        browser.close()
    with open_ledger(ledger, read_only=True) as record:
        events = [json.loads(entry.payload) for entry in record.entries() if entry.payload]
    found = [each["people"]["best"] if "people" in each else each["kind"] for each in events]
    met = {name.replace(" ", "_"): line.met[name] for name in (*FAULTS[1:], "loaded anew")}
    return {
        "reports": len(tapped), "in_ledger": len(found), "same_in_order": int(found == tapped),
        "ids": len({each["id"] for each in events}), "seconds": round(took),
        **met,
    }  # fmt: skip


def main() -> int:
    """Read the command line, soak, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--csv", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        row = soaked(Path(folder), given.reports, given.seed)
    for name, value in row.items():
        print(f"{name:16} {value}")
    if given.csv:
        with given.csv.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, row)
            writer.writeheader()
            writer.writerow(row)
    return 0 if row["same_in_order"] else 1


if __name__ == "__main__":
    sys.exit(main())
