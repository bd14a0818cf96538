"""The picture of cost against size says what the table says."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from cost_picture import PANEL_H, STYLE, Scale, picture, plain, seconds, spread

ROOT = Path(__file__).parents[2]


def row(nodes, per_min, **figures):
    empty = dict.fromkeys(
        ("seconds", "ortools_build_seconds", "ortools_solve_seconds", "ccrp_seconds",
         "ccrp_over_steps_seconds", "static_seconds"), "",
    )  # fmt: skip
    return empty | {"nodes": str(nodes), "crossing_per_min": str(per_min)} | figures


TABLE = [
    row(1_024, 40, seconds="0.10", ccrp_seconds="0.12"),
    row(5_041, 40, seconds="0.50", ortools_build_seconds="1.5", ortools_solve_seconds="8.5"),
    row(19_881, 40, seconds="", ccrp_seconds="1.2"),
    row(5_041, 400, seconds="0.90", static_seconds="0.02"),
]


def parsed(rows):
    return ET.fromstring(picture(rows))  # noqa: S314 - ours


def test_points_stand_where_the_table_says():
    scale = Scale(TABLE)
    assert (scale.low, scale.high) == (-2, 1)
    assert scale.y(10.0) == 0
    assert scale.y(0.01) == PANEL_H
    assert scale.x(10_000) - scale.x(1_000) == pytest.approx(
        scale.x(20_000) - scale.x(2_000)
    )  # logarithmic
    lines = {
        (i, line.get("class")): line.get("points").split()
        for i, panel in enumerate(parsed(TABLE).findall("{*}g"))
        for line in panel.findall("{*}polyline")
    }
    assert {key: len(points) for key, points in lines.items()} == {
        (0, "line ours"): 2, (0, "line ccrp"): 2, (0, "line ortools"): 1,
        (1, "line ours"): 1, (1, "line static"): 1,
    }  # fmt: skip
    assert lines[0, "line ours"][1] == f"{scale.x(5_041):.1f},{scale.y(0.5):.1f}"


def test_build_and_solve_count_together_and_nothing_stands_for_what_was_not_measured():
    assert seconds(TABLE[1], "ortools") == 10.0
    assert seconds(TABLE[0], "ortools") is None
    assert seconds(TABLE[2], "ours") is None


def test_each_line_is_named_once_a_panel():
    names = [
        [text.text for text in panel.findall("{*}text") if "name" in text.get("class")]
        for panel in parsed(TABLE).findall("{*}g")
    ]
    assert sorted(names[0]) == ["CCRP", "OR-Tools", "safepassage"]
    assert sorted(names[1]) == ["safepassage", "static bound"]


def test_those_who_do_not_see_it_are_told():
    told = parsed(TABLE).find("{*}desc").text
    assert "5,041 nodes, 40 a minute: 0.5 s." in told
    assert "19,881" not in told  # no figure, so none is told


@pytest.mark.parametrize(
    "heights", [[], [5.0], [50, 50, 50], [0, 1, 2, 100], [100, 99, 98], [10, 40, 41, 12]]
)
def test_labels_are_apart_in_the_panel_and_in_order(heights):
    moved = spread([float(h) for h in heights], 15, 0, 100)
    assert all(7.5 <= h <= 92.5 for h in moved)
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    apart = [moved[j] - moved[i] for i, j in pairwise(order)]
    assert all(gap >= 15 - 1e-9 for gap in apart)


def test_labels_that_have_room_stay():
    assert spread([20.0, 50.0, 90.0], 15, 0, 100) == [20.0, 50.0, 90.0]


def test_numbers_of_the_scale_are_plain():
    assert [plain(10.0**p) for p in range(-3, 5)] == [
        "0.001", "0.01", "0.1", "1", "10", "100", "1,000", "10,000",
    ]  # fmt: skip


def luminance(colour):
    if len(colour) == 4:
        colour = "#" + "".join(2 * c for c in colour[1:])
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(a * b for a, b in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_lines_can_be_read_on_either_ground(dark):
    part = STYLE.split("@media")[dark]
    ground = luminance(re.search(r"\.card \{ fill: (#\w+)", part)[1])
    colours = re.findall(r"(?:--c|\.(?:text|soft) \{ fill): (#\w+)", part)
    assert len(colours) == 7
    for colour in colours:
        light, low = sorted((luminance(colour), ground), reverse=True)
        assert (light + 0.05) / (low + 0.05) >= 4.5, colour


def test_the_picture_in_the_docs_is_whole():
    drawn = (ROOT / "docs" / "pictures" / "flow-cost.svg").read_text(encoding="utf-8")
    root = ET.fromstring(drawn)  # noqa: S314 - ours
    assert root.findall(".//{*}polyline")
    assert "href" not in drawn  # nothing is fetched
