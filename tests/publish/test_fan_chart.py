"""A fan is drawn as its quantiles lie, can be read at its end, and is told in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from safepassage.publish.fan_chart import Fan, Over, fans
from safepassage.publish.svg import PHONE, WIDTH

SVG = "{http://www.w3.org/2000/svg}"
MINUTES = 180
CLOCKS = [f"{9 + (i + 1) // 60:02}:{(i + 1) % 60:02}" for i in range(MINUTES)]


def rising(to, minutes=MINUTES):
    return [round(to * (i + 1) / minutes) for i in range(minutes)]


FAN = Fan(rising(90), rising(240), rising(600), rising(1100), rising(2000))
CEILING = Over("ceiling", rising(6000))


def drawn(fan=FAN, clocks=CLOCKS, over=CEILING, width=WIDTH):
    chart = fans(fan, clocks, over=over, name="fan", title="People", up="people", width=width)
    return ET.fromstring(str(chart))  # noqa: S314 - our own


def points(element):
    return [tuple(map(float, pair.split(","))) for pair in element.get("points").split()]


def edges(band):
    """Give the upper and the lower edge of a band, both from left to right."""
    there = points(band)
    half = len(there) // 2
    return there[:half], there[half:][::-1]


def labels(tree):
    return {
        each.text: (float(each.get("x")), float(each.get("y")))
        for each in tree.iter(f"{SVG}text")
        if each.get("class") == "label"
    }


@pytest.mark.parametrize("width", [WIDTH, PHONE])
def test_the_dark_band_lies_in_the_light_one_and_the_middle_in_the_dark(width):
    tree = drawn(width=width)
    light, dark = (edges(each) for each in tree.findall(f"{SVG}polygon"))
    *rims, middle, over = (points(each) for each in tree.findall(f"{SVG}polyline"))
    assert rims == [light[1], light[0]]
    rows = zip(over, light[0], dark[0], middle, dark[1], light[1], strict=True)
    for row in rows:
        assert len({x for x, _ in row}) == 1
        heights = [y for _, y in row]
        assert heights == sorted(heights)
    assert over[-1][1] < light[0][-1][1] < dark[0][-1][1] < middle[-1][1] < light[1][-1][1]


def test_heights_are_in_proportion():
    tree = drawn()
    light, _ = tree.findall(f"{SVG}polygon")
    top, bottom = edges(light)
    over = points(tree.findall(f"{SVG}polyline")[-1])
    zero = over[-1][1] + 6000 * (top[-1][1] - over[-1][1]) / 4000
    assert bottom[-1][1] == pytest.approx(zero - (zero - over[-1][1]) * 90 / 6000, abs=0.2)


@pytest.mark.parametrize("width", [WIDTH, PHONE])
@pytest.mark.parametrize("most", [0, 3, 1500, 5990, 6000])
def test_labels_stand_apart_in_order_and_inside(most, width):
    fan = Fan(rising(most * 0.97), rising(most * 0.98), rising(most * 0.99), rising(most),
              rising(most))  # fmt: skip
    found = labels(drawn(fan, width=width))
    assert "ceiling" in found
    assert ("1 in 10 below" in found) == (fan.p10[-1] > 0)
    heights = sorted(y for _, y in found.values())
    assert heights[0] >= 20
    assert all(below - above > 14.8 for above, below in pairwise(heights))
    order = [name for name, _ in sorted(found.items(), key=lambda each: each[1][1])]
    assert order[0] == "ceiling"
    assert order[1] == "1 in 10 above"
    letters = 7
    assert all(x + letters * len(name) <= width for name, (x, _) in found.items())


def test_the_fan_stands_over_the_axis_that_would_hide_it():
    kinds = [each.tag.removeprefix(SVG) for each in drawn()]
    assert max(i for i, kind in enumerate(kinds) if kind == "path") < kinds.index("polygon")


def test_it_is_told_in_words_on_both_widths():
    wide, narrow = (drawn(width=width).findtext(f"{SVG}desc") for width in (WIDTH, PHONE))
    assert wide == narrow
    last = f"12:00: {FAN.p50[-1]} ({FAN.p10[-1]} to 2,000), ceiling 6,000"
    assert wide.endswith(last)
    assert wide.count("12:00") == 1
    assert f"10:00: {FAN.p50[59]} ({FAN.p10[59]} to {FAN.p90[59]}), ceiling 2,000" in wide
    assert "ceiling" not in drawn(over=None).findtext(f"{SVG}desc")


def test_where_nobody_comes_the_axis_counts_whole_people():
    tree = drawn(Fan(*[[0] * MINUTES] * 5), over=None)
    ticks = [each.text for each in tree.iter(f"{SVG}text") if each.get("text-anchor") == "end"]
    assert ticks == ["0", "1"]


def test_one_minute_is_a_fan_too():
    tree = drawn(Fan([1], [1], [2], [3], [4]), ["09:01"], Over("ceiling", [9]))
    assert "09:01: 2 (1 to 4), ceiling 9" in tree.findtext(f"{SVG}desc")
