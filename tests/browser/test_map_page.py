"""The map page opens from disk, asks nothing of a network, and draws what the check-up found."""

from __future__ import annotations

import pytest

from city.walled import ARMED, WALL, document
from safepassage.publish import map_html

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def opened(browser, tmp_path):
    told, drawn = document(tmp_path, WALL + ARMED)
    path = tmp_path / "map.html"
    path.write_text(map_html(told, drawn), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(path.as_uri())
    page.wait_for_function("() => window.safepassage")
    page.evaluate("() => window.safepassage.idle()")
    yield page
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []


def features(page, source):
    return page.evaluate("name => window.safepassage.map.gl.getSource(name).getData()", source)[
        "features"
    ]


def test_what_is_the_matter_is_drawn(opened):
    marks = [each["properties"]["mark"] for each in features(opened, "streets")]
    assert (marks.count("closed"), marks.count("")) == (10, 83 + 3)  # three lead to armed groups
    drawn = opened.evaluate(
        """() => window.safepassage.map.gl
          .queryRenderedFeatures({ layers: ["streets-closed", "streets-apart"] }).length"""
    )
    assert drawn > 0
    (area,) = features(opened, "areas")
    assert area["properties"]["name"] == "Wall"


def test_zones_and_crossings_are_drawn_with_what_they_are(opened):
    stuck = {z["properties"]["name"]: z["properties"]["stuck"] for z in features(opened, "zones")}
    assert stuck == {"Near": False, "Far": True}
    (gate,) = features(opened, "crossings")
    assert gate["properties"]["detail"] == "nearest for 300"
    assert gate["properties"]["assumed"] is True
    (closed,) = features(opened, "closed-points")
    assert closed["properties"]["name"] == "Road (armed groups)"


def test_a_click_on_a_zone_tells_its_way(opened):
    at = opened.evaluate(
        """() => { const { gl } = window.safepassage.map; const f = gl.getSource("zones");
          return f.getData().then(d => { const [lon, lat] = d.features[0].geometry.coordinates;
            const p = gl.project([lon, lat]); return [p.x, p.y]; }); }"""
    )
    opened.locator("#sp-map canvas").click(position={"x": at[0], "y": at[1]})
    told = opened.locator(".maplibregl-popup-content").inner_text()
    assert "300 people. 0.6 km to Gate." in told
