"""A server with a small day in its ledger, and browsers that open its operations room."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.small_day import counts, local, others
from publish.sample_plan import sample
from safepassage.api.desk import Settings
from safepassage.api.server import Server
from safepassage.api.tokens import Access
from safepassage.ledger.opening import make_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "out" / "room"
"""Where the tests keep what they saw, to be looked at."""

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
NOW = local("13:02")
FORBIDDEN = ["Failed to load resource", "bluetooth"]  # told by the browser, not by the page
GRAVE = """async () => (await axe.run(document, {
  resultTypes: ["violations"], iframes: false,
})).violations.filter(v => ["serious", "critical"].includes(v.impact))
  .map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ")).join("; ")}`)"""


@dataclass
class Room:
    """Hold a page of the room, and what it should not have done."""

    page: Any
    server: Server
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def part(self, name: str) -> Locator:
        return self.page.locator(f"[data-test='{name}']").first

    def text(self, name: str) -> str:
        return self.part(name).inner_text()

    def tab(self, name: str) -> None:
        self.page.locator(f"#tab-{name}").click()

    def row(self, corridor: str) -> Locator:
        return self.page.locator(f"tr[data-corridor='{corridor}']")

    def state(self, words: str) -> None:
        self.page.locator("[data-test=connection]", has_text=words).wait_for()

    def drawn(self) -> None:
        self.page.wait_for_function("() => window.room.page().map.map")
        self.page.evaluate("() => window.room.page().map.map.idle()")

    def crossings(self) -> dict[str, dict[str, Any]]:
        """Give what the map's crossings say, by their letter."""
        found = self.page.evaluate(
            "() => window.room.page().map.map.gl.getSource('crossings').getData()"
        )
        return {each["properties"]["tag"]: each["properties"] for each in found["features"]}

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        if self.page.evaluate("() => window.room.page().map.map !== null"):
            self.drawn()
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def grave(self) -> list[str]:
        """Tell what axe finds serious or critical on the page as it is."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[str] = self.page.evaluate(GRAVE)
        return found

    def get(self, path: str, token: str = "") -> Any:
        """Ask the server what it tells others, by a token."""
        heads = {"Authorization": f"Bearer {token}"} if token else {}
        return self.page.context.request.get(self.server.url + path, headers=heads).json()


class Duty:
    """Be a server on a small day, whose clock stands at two minutes past one."""

    def __init__(self, folder: Path) -> None:
        self.plan, self.map = sample()
        self.access = Access(folder / "day.access")
        self.tokens = {
            "coordinator": self.access.add(role="coordinator", label="coordinator-1"),
            "reporter": self.access.add(
                role="reporter", label="gate-1", corridors=("bustan-al-qasr",)
            ),
        }
        self.ledger = folder / "day.ledger"
        self.port = 0
        with contextlib.closing(make_ledger(self.ledger, exercise=True)) as ledger:
            for each in sorted([*counts(), *others()], key=lambda event: event.known_at):
                ledger.append([each], now=each.known_at + timedelta(minutes=1))

    @contextlib.contextmanager
    def up(self) -> Iterator[Server]:
        settings = Settings(
            plan=self.plan, map=self.map, ledger=self.ledger, access=self.access,
            clock=lambda: NOW,
        )  # fmt: skip
        with Server(settings, port=self.port) as server:
            self.port = server.port
            yield server


def opened(
    browser: Browser, server: Server, token: str = "", *, language: str = "en",
    size: tuple[int, int] = (1280, 800),
) -> Room:  # fmt: skip
    """Open the room in a new browser."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", timezone_id="Asia/Tokyo",
    )  # fmt: skip
    context.set_default_timeout(20_000)
    made = Room(context.new_page(), server)
    page = made.page
    page.on("request", lambda request: made.requests.append(request.url))
    page.on("pageerror", lambda error: made.errors.append(str(error)))
    page.on("console", lambda said: made.errors.append(said.text)
            if said.type in {"error", "warning"} and not any(f in said.text for f in FORBIDDEN)
            else None)  # fmt: skip
    page.goto(f"{server.url}/?language={language}" + (f"#token={token}" if token else ""))
    page.locator("[data-test=board] tbody tr").first.wait_for()
    return made
