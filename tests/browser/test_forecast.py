"""A brief with a forecast keeps to the page, and its panel says by when and how likely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from publish.sample_forecast import small_forecast
from safepassage.publish.forecast_files import write_forecast

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan, town, forecast = small_forecast(tmp_path_factory.mktemp("town"))
    made = tmp_path_factory.mktemp("out")
    write_forecast(forecast, plan, town, made)
    return made


@pytest.mark.parametrize("name", ["brief.html", "zones.html"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_of_a_forecast_runs_out_of_the_page(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((folder / name).as_uri())
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """width => [...document.querySelectorAll('#forecast *, .readings *, [data-ceiling] *')]
          .filter(e => e.getClientRects().length && !e.ownerSVGElement)
          .filter(e => e.getBoundingClientRect().right > width + 1)
          .map(e => e.outerHTML.slice(0, 120))""",
        width,
    )
    assert cut == []
    assert errors == []
    page.close()


def test_one_chart_of_each_pair_is_shown(browser: Browser, folder: Path) -> None:
    for width, shown in ((390, ".for-phone"), (1280, ".for-wide")):
        page = browser.new_page(viewport={"width": width, "height": 844})
        page.goto((folder / "brief.html").as_uri())
        for name in ("fan-out", "fan-road"):
            charts = page.locator(f"[data-test={name}] svg")
            visible = [i for i in range(charts.count()) if charts.nth(i).is_visible()]
            assert len(visible) == 1
            assert page.locator(f"[data-test={name}] {shown} svg").is_visible()
        page.close()


def test_the_panel_keeps_saying_so_while_the_minute_moves(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.goto((folder / "brief.html").as_uri())
    page.wait_for_function("() => window.safepassage")
    likely = page.locator("[data-test=likely-to-come]").inner_text()
    for minute in (0, 60):
        page.evaluate("minute => window.safepassage.setMinute(minute)", minute)
        assert page.locator("[data-test=panel-likely]").inner_text() == likely
    assert "by closing, 8 in 10" in page.locator(".r-likely").inner_text()
    page.close()
