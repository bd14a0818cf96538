"""A large extract is cut to a place in little memory, or refused with what it would need."""

import re

import bench_osm_large as bench
import osmium
import pytest

from city.extracts import helsinki
from safepassage.base.progress import silent
from safepassage.city.osm import read_osm
from safepassage.city.osm_pbf import read_pbf

COPIES = 100
LIMIT_GB = 0.95


def count(path):
    counts = {"n": 0, "w": 0}
    ids = set()
    for item in osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY):
        kind = "n" if isinstance(item, osmium.osm.Node) else "w"
        counts[kind] += 1
        ids.add((kind, item.id))
    assert len(ids) == counts["n"] + counts["w"], "an id stands twice"
    return counts


def test_copies_hold_all_of_the_extract_and_roads_between(tmp_path):
    path = tmp_path / "four.osm.pbf"
    box = bench.write_copies(path, helsinki(), copies=4)
    one, four = count(helsinki()), count(path)
    assert four["n"] == 4 * one["n"]
    # ways that have fewer than two of their points in the extract are left out
    assert 4 * 0.97 * one["w"] < four["w"] <= 4 * one["w"] + 3
    alone, whole, cut = read_osm(helsinki()), read_osm(path), read_osm(path, box=box)
    assert cut.n_streets == alone.n_streets
    assert cut.length_m.sum() == pytest.approx(alone.length_m.sum(), rel=1e-3)
    assert 4 * alone.n_streets <= whole.n_streets <= 4 * alone.n_streets + 12


def test_a_place_in_it_fits_and_the_whole_is_refused_with_nothing_written(tmp_path):
    read_pbf(helsinki(), "walk", None, silent)  # compile
    path = tmp_path / "large.osm.pbf"
    box = bench.write_copies(path, helsinki(), copies=COPIES)
    fits = bench.run_map(tmp_path, path, box, LIMIT_GB)
    assert (fits.status, fits.wrote) == (0, True), fits.said
    assert fits.peak_gb < LIMIT_GB
    refused = bench.run_map(tmp_path, path, None, LIMIT_GB)
    assert (refused.status, refused.wrote) == (2, False), refused.said
    needs, free = map(
        float, re.search(r"needs about (.+) GB .* and (.+) GB", refused.said).groups()
    )
    assert free < needs
    assert needs == pytest.approx(28.0 * COPIES / 6050, abs=0.06)  # as for 2 GB of them
    assert "city.box" in refused.said
