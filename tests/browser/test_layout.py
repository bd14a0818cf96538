"""The page is usable on a phone and prints on A4."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(
    ("width", "language"), [(360, "en"), (390, "ar"), (768, "en"), (1280, "ar"), (1920, "en")]
)
def test_nothing_runs_out_of_the_page(open_brief, width, language):
    opened = open_brief(width=width, height=844, language=language)
    opened.idle()
    assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= width
    cut = opened.page.evaluate(
        """width => [...document.querySelectorAll('h1, h2, h3, p, li, button, select')]
          .filter(e => e.offsetParent && !e.closest('.scroll, .maplibregl-map, .skip'))
          .map(e => [e.getBoundingClientRect(), e])
          .filter(([box, e]) => box.right > width + 1 || box.left < -1)
          .map(([box, e]) => e.outerHTML.slice(0, 120))""",
        width,
    )
    assert cut == []


def test_a_phone_shows_map_slider_and_numbers(open_brief):
    opened = open_brief(
        width=390, height=844, is_mobile=True, has_touch=True, device_scale_factor=2
    )
    opened.idle()
    page = opened.page
    for name in ("ceiling-total", "likely-to-come", "slider", "out-schedule", "curve", "waves"):
        element = page.locator(f"[data-test={name}]")
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        assert box
        assert box["width"] > 40
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, input[type=range], a')]
          .filter(e => e.offsetParent && !e.closest('thead, .maplibregl-map, .skip'))
          .filter(e => Math.max(e.getBoundingClientRect().height,
            parseFloat(getComputedStyle(e, '::before').height) || 0) < 43.5)
          .map(e => e.outerHTML)"""
    )
    assert small == []
    assert not page.locator("[data-test=waves] thead").is_visible() or (
        page.locator("[data-test=waves] thead").bounding_box()["x"] < -390
    )


@pytest.fixture(scope="module")
def printed(brief, tmp_path_factory):
    """Print the brief once, at a minute that is not the first."""
    brief.set_minute(200)
    brief.idle()
    path = tmp_path_factory.mktemp("printed") / "brief.pdf"
    path.write_bytes(brief.page.pdf(prefer_css_page_size=True, print_background=True))
    return path


def test_prints_on_a4(brief, printed):
    data = printed.read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", data))
    assert 8 <= pages <= 14
    boxes = {
        tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", data)
    }
    assert all(box[2:] == pytest.approx((595, 842), abs=1) for box in boxes)
    assert len(data) > 100_000
    assert brief.errors == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_page_one_of_the_print_holds_all_that_stands_beside_the_ceiling(brief, printed):
    pages = [
        " ".join(
            subprocess.run(
                ["pdftotext", "-f", str(n), "-l", str(n), "-raw", str(printed), "-"],
                capture_output=True, text=True, check=True,
            ).stdout.split()
        )
        for n in (1, 2, 3)
    ]  # fmt: skip
    plan = brief.plan
    for words in (plan["ceiling_note"], "not estimated", "Protection comes first"):
        assert words in pages[0]
    for note in plan["protection"]:
        assert note in pages[0]
    assert "Minute by minute" in pages[1]
    assert "Play" not in pages[1]
    (readings,) = (page for page in pages if "Limit at this minute" in page)
    for words in (plan["ceiling_note"], "not estimated", plan["protection"][0]):
        assert words in readings
    for each in plan["protection_check"]:
        assert each["finding"] in pages[0]


def test_after_printing_the_map_is_as_before(brief):
    opened = brief
    opened.idle()
    size = "() => [...document.querySelectorAll('#sp-map canvas')].map(c => [c.width, c.height])"
    before = opened.page.evaluate(size)
    opened.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert opened.page.locator("#sp-map-paper canvas").count() == 1
    opened.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("#sp-map-paper canvas").count() == 0
    assert opened.page.locator("#sp-map-paper svg").count() == 1
    opened.idle()
    assert opened.page.evaluate(size) == before


def test_the_printed_map_keeps_its_shape(brief):
    opened = brief
    opened.idle()
    drawn, printed = opened.page.evaluate(
        """() => {
          const { map } = window.safepassage;
          const shape = canvas => canvas.width / canvas.height;
          let drawn = null;
          map.gl.on('resize', () => { drawn ??= shape(map.gl.getCanvas()); });
          const picture = map.picture(900, 300);
          return [drawn, shape(picture)];
        }"""
    )
    assert drawn == pytest.approx(printed, rel=0.01)
    assert printed == pytest.approx(3)


def test_charts_on_a_phone_are_drawn_whole(open_brief):
    opened = open_brief(width=390, height=844)
    opened.idle()
    found = opened.page.evaluate(
        """() => [...document.querySelectorAll('.chart-figure')].filter(f => f.offsetParent)
          .map(f => [f.scrollWidth - f.clientWidth,
            [...f.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width).length])"""
    )
    assert len(found) >= 2
    assert all(over <= 1 and shown == 1 for over, shown in found)


def test_a_map_that_is_not_drawn_yet_is_not_printed_half(open_brief):
    opened = open_brief()
    paper = opened.page.locator("#sp-map-paper")
    told = opened.page.evaluate(
        """() => {
          const { map } = window.safepassage;
          Object.defineProperty(map, 'whole', { value: false });
          window.dispatchEvent(new Event('beforeprint'));
          return document.getElementById('sp-map-paper').textContent;
        }"""
    )
    assert "The plan at closing" in told
    assert paper.locator("canvas").count() == 0
    assert paper.locator("svg").count() == 1
