"""A server with a small ledger, and phones that open the reporters' page of it."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publish.sample_plan import sample
from safepassage.api.desk import Settings
from safepassage.api.server import Server
from safepassage.api.tokens import Access
from safepassage.ledger.opening import make_ledger, open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

GATE = "bustan-al-qasr"
OTHER = "salah-al-din"
FORBIDDEN = ["Failed to load resource", "bluetooth"]  # told by the browser, not by the page


@dataclass
class Phone:
    """Hold a phone that has the page open, and what it should not have done."""

    page: Page
    server: Server
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def tap(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).click()

    def choose(self, name: str) -> None:
        self.page.get_by_role("radio", name=name, exact=True).click()

    def view(self, name: str) -> None:
        self.page.locator(f"nav [data-view={name}]").click()

    def add(self, *steps: str) -> None:
        for step in steps:
            self.tap(step)

    @property
    def standing(self) -> str:
        return self.page.locator(".how").inner_text()

    def wait(self, words: str) -> None:
        self.page.locator(".how", has_text=words).wait_for()

    def offline(self, off: bool = True) -> None:
        self.page.context.set_offline(off)

    def ready(self) -> None:
        """Wait until the page opens with no connection."""
        self.page.evaluate("() => navigator.serviceWorker.ready")

    def stored(self) -> Any:
        """Give all that the page's origin keeps on the phone."""
        return self.page.evaluate(
            """async () => ({
              databases: (await indexedDB.databases()).map(({ name }) => name),
              caches: await caches.keys(),
              workers: (await navigator.serviceWorker.getRegistrations()).length,
              local: Object.keys(localStorage), session: Object.keys(sessionStorage),
            })"""
        )


class Gate:
    """Be a server of a ledger, which may be killed and started again at the same address."""

    def __init__(self, folder: Path, *, exercise: bool = False) -> None:
        self.plan = sample()[0]
        self.access = Access()
        self.ledger = folder / "pause.ledger"
        make_ledger(self.ledger, exercise=exercise).close()
        self.port = 0
        self.codes = 0

    @contextlib.contextmanager
    def up(self, ledger: Path | None = None) -> Iterator[Server]:
        settings = Settings(plan=self.plan, ledger=ledger or self.ledger, access=self.access)
        with Server(settings, port=self.port) as server:
            self.port = server.port
            yield server

    def token(self, *corridors: str) -> tuple[str, str]:
        """Make a reporter's token; give it and its code."""
        self.codes += 1
        code = f"gate-{self.codes}"
        return self.access.add(role="reporter", label=code, corridors=corridors or (GATE,)), code

    def sent(
        self, on: Phone, code: str, count: int, *, standing: str = "All sent"
    ) -> list[dict[str, Any]]:
        """Give a reporter's events once so many are there, and once the phone knows."""
        for _ in range(200):
            if len(self.events(code)) >= count:
                break
            on.page.wait_for_timeout(50)
        on.wait(standing)
        return self.events(code)

    def events(self, code: str) -> list[dict[str, Any]]:
        """Give what a reporter's events hold, in the order of the ledger."""
        with open_ledger(self.ledger, read_only=True) as ledger:
            held = [json.loads(each.payload) for each in ledger.entries() if each.payload]
        return [each for each in held if each["source"] == code]


def phone(browser: Browser, server: Server, token: str, *, language: str = "en", before: str = "",
          without: str = "", **options: Any) -> Phone:  # fmt: skip
    """Open the page on a new phone by its link; ``without`` is what cannot be reached."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, **options)
    context.set_default_timeout(15_000)
    if before:
        context.add_init_script(before)
    page = context.new_page()
    if without:
        page.route(without, lambda route: route.abort())
    return opened(Phone(page, server), f"?language={language}#token={token}")


def opened(made: Phone, link: str) -> Phone:
    """Open the page by a link, and watch it."""
    page = made.page
    page.on("request", lambda request: made.requests.append(request.url))
    page.on("pageerror", lambda error: made.errors.append(str(error)))
    page.on("console", lambda said: made.errors.append(said.text)
            if said.type in {"error", "warning"} and not any(f in said.text for f in FORBIDDEN)
            else None)  # fmt: skip
    page.goto(f"{made.server.url}/report{link}")
    page.locator("nav").wait_for()
    return made
