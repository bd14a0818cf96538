"""Open briefs in a real browser: Debian's chromium, driven by Playwright."""

from __future__ import annotations

import copy
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from publish.sample_plan import sample
from safepassage.publish import brief_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ARGUMENTS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]


@dataclass
class Opened:
    """Hold an open brief and all that it did that it should not have done."""

    page: Page
    plan: dict[str, Any]
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def set_minute(self, minute: int) -> None:
        self.page.evaluate("minute => window.safepassage.setMinute(minute)", minute)

    def idle(self) -> None:
        self.page.evaluate("() => window.safepassage.idle()")

    def value(self, name: str) -> float:
        cell = self.page.locator(f"[data-test='{name}']").first
        return float(cell.get_attribute("data-value") or "nan")

    def text(self, name: str) -> str:
        return self.page.locator(f"[data-test='{name}']").first.inner_text()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's chromium once a file, or leave these tests out and say so.

    While Playwright is open its loop counts as running: other files' tests could have none.
    """
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("LEFT OUT, NOT PASSED: no chromium here; apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def sample_pair() -> tuple[dict[str, Any], dict[str, Any]]:
    return sample()


@pytest.fixture
def plan(sample_pair: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    return copy.deepcopy(sample_pair[0])


@pytest.fixture
def city(sample_pair: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    return copy.deepcopy(sample_pair[1])


def open_from_disk(
    browser: Browser,
    path: Path,
    plan: dict[str, Any],
    city: dict[str, Any],
    *,
    width: int = 1280,
    height: int = 900,
    before: str = "",
    language: str = "en",
    **options: Any,
) -> Opened:
    path.write_text(brief_html(plan, city, language=language), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(30_000)
    page = context.new_page()
    if before:
        page.add_init_script(before)
    made = Opened(page, plan)
    page.on("request", lambda request: made.requests.append(request.url))
    page.on("pageerror", lambda error: made.errors.append(str(error)))
    page.on("console", lambda said: made.errors.append(said.text) if said.type == "error" else None)
    page.goto(path.as_uri())
    if options.get("java_script_enabled", True):
        page.wait_for_function("() => window.safepassage")
    return made


@pytest.fixture
def open_brief(
    browser: Browser, plan: dict[str, Any], city: dict[str, Any], tmp_path: Path
) -> Iterator[Callable[..., Opened]]:
    """Give a function that writes the brief to disk and opens it from there."""
    made: list[Opened] = []

    def opened(**options: Any) -> Opened:
        made.append(open_from_disk(browser, tmp_path / "brief.html", plan, city, **options))
        return made[-1]

    yield opened
    for each in made:
        each.page.context.close()


@pytest.fixture(scope="module")
def brief(
    browser: Browser,
    sample_pair: tuple[dict[str, Any], dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Opened]:
    """Open the sample brief once, for tests that only move its slider and read."""
    path = tmp_path_factory.mktemp("brief") / "brief.html"
    opened = open_from_disk(browser, path, *sample_pair)
    yield opened
    opened.page.context.close()
