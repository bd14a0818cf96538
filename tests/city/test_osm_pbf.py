"""Hold the compiled reader of PBF to osmium's: the very same map, or the very same refusal."""

import zlib
from pathlib import Path

import numpy as np
import osmium
import pytest
from osmium.osm import mutable

from city.extracts import finnish_town, helsinki
from safepassage.base.errors import InputError
from safepassage.base.progress import silent
from safepassage.city import memory, osm, osm_pbf, osm_xml
from safepassage.city.kernel_pbf import BROKEN, OTHER_FORM, dense_nodes, fields, tagged_nodes
from safepassage.city.osm import read_osm
from safepassage.city.osm_xml import read_with_osmium
from safepassage.city.pbf_blocks import BrokenPbf, OtherForm, blocks

BOTH = pytest.mark.parametrize("find", [helsinki, finnish_town])
MODES = pytest.mark.parametrize("mode", ["walk", "vehicle"])


def use_kernels(monkeypatch, *, yes):
    def pays(path):
        return yes

    monkeypatch.setattr(osm_pbf, "pays", pays)


@pytest.fixture
def by_kernels(monkeypatch):
    """Read PBF with our kernels, whatever its size, and never with osmium."""

    def refused(*args):
        pytest.fail("osmium was asked")

    use_kernels(monkeypatch, yes=True)
    monkeypatch.setattr(osm_xml, "read_with_osmium", refused)


def both(monkeypatch, path, **options):
    maps = []
    for ours in (True, False):
        use_kernels(monkeypatch, yes=ours)
        maps.append(read_osm(path, **options))
    return maps


def same(one, other):
    for slot in one.__slots__:
        np.testing.assert_equal(getattr(one, slot), getattr(other, slot))


@BOTH
@MODES
def test_the_map_is_that_of_osmium(monkeypatch, find, mode):
    same(*both(monkeypatch, find(), mode=mode))


@MODES
def test_the_map_of_a_box_is_that_of_osmium(monkeypatch, mode):
    same(*both(monkeypatch, helsinki(), mode=mode, box=(24.935, 60.165, 24.947, 60.174)))


@BOTH
def test_every_point_and_barrier_is_that_of_osmium(find):
    ours = osm_pbf.read_pbf(find(), "vehicle", None, silent)
    theirs = read_with_osmium(find(), "pbf", "vehicle", None, silent)
    for name in ("point", "node_id", "x", "y", "barriers"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
    assert len(ours.barriers) > 0 or find is finnish_town
    assert ours.judge.names == theirs.judge.names
    assert ours.judge.left_out == theirs.judge.left_out


def test_few_blocks_are_kept_where_memory_is_short(monkeypatch):
    whole = read_osm(helsinki())
    use_kernels(monkeypatch, yes=True)
    monkeypatch.setattr(osm_pbf, "_KEEP_BYTES", 0)
    same(read_osm(helsinki()), whole)


@pytest.mark.usefixtures("by_kernels")
@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file(tmp_path, share):
    data = helsinki().read_bytes()
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match="damaged"):
        read_osm(path)


@pytest.mark.usefixtures("by_kernels")
@pytest.mark.parametrize(
    "content", [b"\0" * 5000, b"<html>not found</html>" * 99, b"\0\0\0\x0d" + b"\xff" * 99]
)
def test_what_is_no_pbf(tmp_path, content):
    path = tmp_path / "page.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(InputError, match="damaged"):
        read_osm(path)


@pytest.mark.usefixtures("by_kernels")
def test_flipped_bytes_give_a_map_or_one_message(tmp_path):
    """Whatever is changed in a file that is not packed, nothing but an InputError comes."""
    plain = tmp_path / "plain.osm.pbf"
    with osmium.SimpleWriter(
        osmium.io.File(str(plain), "pbf,pbf_compression=none,add_metadata=none")
    ) as writer:
        for i in range(1, 40):
            tags = {"barrier": "bollard", "note": "x"} if i % 7 == 0 else {}
            writer.add_node(mutable.Node(id=i, location=(25 + i / 1000, 60), tags=tags))
        for i in range(1, 30):
            writer.add_way(mutable.Way(id=i, nodes=[i, i + 1, i + 9], tags={"highway": "path"}))
    data = plain.read_bytes()
    path = tmp_path / "flipped.osm.pbf"
    rng = np.random.default_rng(5)
    outcomes = set()
    for at in rng.integers(0, len(data), 400).tolist():
        changed = bytearray(data)
        changed[at] = int(rng.integers(0, 256))
        path.write_bytes(changed)
        try:
            osm_pbf.read_pbf(path, "vehicle", None, silent)
            outcomes.add("read")
        except (BrokenPbf, OtherForm, UnicodeDecodeError) as error:
            outcomes.add(type(error).__name__)
    assert {"read", "BrokenPbf"} <= outcomes


def varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def field(number, payload):
    if isinstance(payload, int):
        return varint(number << 3) + varint(payload)
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def folded(values):
    steps = np.diff([0, *values])
    return b"".join(
        varint(int(step) << 1 if step >= 0 else (-int(step) << 1) - 1) for step in steps
    )


def blob(kind, payload, *, packed=False):
    body = field(3, zlib.compress(payload)) if packed else field(1, payload)
    head = field(1, kind) + field(3, len(body))
    return len(head).to_bytes(4, "big") + head + body


HEADER = blob(b"OSMHeader", field(4, b"OsmSchema-V0.6") + field(4, b"DenseNodes"))


def data_block(dense=b"", ways=b"", strings=(b"",), more=b""):
    table = b"".join(field(1, text) for text in strings)
    return field(1, table) + field(2, field(2, dense)) + field(2, ways) + more


LAT, LON = (600_000_000,) * 3, (250_000_000, 250_010_000, 250_020_000)


def town(more=b"", lat=LAT, lon=LON, group=b""):
    """Write three nodes in a row and a way through them, by hand."""
    dense = field(1, folded((1, 2, 3))) + field(8, folded(lat)) + field(9, folded(lon))
    way = field(1, 7) + field(2, varint(1)) + field(3, varint(2)) + field(8, folded((1, 2, 3)))
    return data_block(dense, field(3, way) + group, (b"", b"highway", b"path"), more)


def written(folder, *blobs):
    path = folder / "hand.osm.pbf"
    path.write_bytes(b"".join(blobs))
    return path


@pytest.mark.usefixtures("by_kernels")
@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    ("block", "lat", "lon"),
    [
        (town(), 60.0, 25.0),
        (town(field(17, 1000), [v // 10 for v in LAT], [v // 10 for v in LON]), 60.0, 25.0),
        (town(field(17, 10), [v * 10 for v in LAT], [v * 10 for v in LON]), 60.0, 25.0),
        (town(field(19, 5_000_000_000)), 65.0, 25.0),
        (town(field(20, 3_000_000_000)), 60.0, 28.0),
    ],
)
def test_a_file_written_by_hand(tmp_path, block, lat, lon, packed):
    streets = read_osm(written(tmp_path, HEADER, blob(b"OSMData", block, packed=packed)))
    np.testing.assert_allclose(streets.lat, [lat, lat], atol=1e-9)
    np.testing.assert_allclose(streets.lon, [lon, lon + 0.002], atol=1e-9)
    assert streets.way_id.tolist() == [7, 7]
    assert streets.node_id.tolist() == [1, 3]


def test_negative_places_are_cut_towards_zero_as_by_osmium(tmp_path, monkeypatch):
    block = town(field(17, 7), [-v * 14 for v in LAT], [-v * 13 for v in LON])
    same(*both(monkeypatch, written(tmp_path, HEADER, blob(b"OSMData", block))))


def test_forms_that_are_left_to_osmium(tmp_path):
    plain_node = field(1, field(1, 2) + field(8, 2) + field(9, 2))
    history = blob(b"OSMHeader", field(4, b"OsmSchema-V0.6") + field(4, b"HistoricalInformation"))
    body = field(4, b"lzma")
    head = field(1, b"OSMData") + field(3, len(body))
    other = len(head).to_bytes(4, "big") + head + body
    for parts in (
        (HEADER, blob(b"OSMData", field(1, field(1, b"")) + field(2, plain_node))),
        (history,),
        (HEADER, other),
    ):
        with pytest.raises(OtherForm):
            osm_pbf.read_pbf(written(tmp_path, *parts), "walk", None, silent)


def test_a_form_left_to_osmium_is_read_by_it(tmp_path, monkeypatch):
    use_kernels(monkeypatch, yes=True)
    path = tmp_path / "unpacked.osm.pbf"
    form = osmium.io.File(str(path), "pbf,pbf_dense_nodes=false")
    with osmium.SimpleWriter(form) as writer:
        for i in range(1, 4):
            writer.add_node(mutable.Node(id=i, location=(25 + i / 1000, 60)))
        writer.add_way(mutable.Way(id=9, nodes=[1, 2, 3], tags={"highway": "path"}))
    with pytest.raises(OtherForm):
        osm_pbf.read_pbf(path, "walk", None, silent)
    assert read_osm(path).way_id.tolist() == [9, 9]


@pytest.mark.usefixtures("by_kernels")
@pytest.mark.parametrize(
    "wrong",
    [
        field(3, field(1, 8) + field(2, varint(9)) + field(3, varint(2)) + field(8, b"\x02")),
        field(3, field(1, 8) + field(2, varint(1)) + field(3, varint(9)) + field(8, b"\x02")),
        field(3, field(1, 8) + field(2, varint(1)) + field(3, b"") + field(8, b"\x02")),
        field(3, field(1, 8) + field(2, varint(1)) + field(3, varint(2)) + field(8, b"\x82")),
        field(3, b"\x08"),
        b"\x1a\x7f",
        b"\x07",
    ],
)
def test_ways_that_make_no_sense(tmp_path, wrong):
    path = written(tmp_path, HEADER, blob(b"OSMData", town(group=wrong)))
    with pytest.raises(InputError, match="damaged"):
        read_osm(path)


def test_nodes_whose_columns_differ_in_length():
    dense = field(1, folded((1, 2))) + field(8, folded((1,))) + field(9, folded((1, 2)))
    data = np.frombuffer(field(2, dense), np.uint8)
    assert dense_nodes(data, 0, len(data))[-1] == BROKEN
    twice = field(1, folded((1,))) * 2
    data = np.frombuffer(field(2, twice), np.uint8)
    assert dense_nodes(data, 0, len(data))[-1] == OTHER_FORM


def test_tags_of_nodes_are_those_of_nodes_with_the_key():
    packed = b"".join(map(varint, (1, 5, 0, 0, 2, 6, 3, 7, 0, 1, 8, 0, 3, 9, 300, 2)))
    found, count = tagged_nodes(np.frombuffer(packed, np.uint8), 0, len(packed), 3)
    assert found[:count].tolist() == [[2, 2, 6], [2, 3, 7], [4, 3, 9], [4, 300, 2]]


def test_a_number_that_never_ends_is_none():
    data = np.frombuffer(b"\x08" + b"\xff" * 12, np.uint8)
    assert fields(data, 0, len(data))[1] == BROKEN


def test_blocks_that_are_not_wanted_are_not_unpacked(tmp_path):
    broken = blob(b"OSMData", b"\x07\x07\x07")
    path = written(tmp_path, HEADER, broken, blob(b"OSMData", town()))
    assert [block.number for block in blocks(path, {2})] == [2]
    with pytest.raises(BrokenPbf):
        list(blocks(path))


def test_a_file_too_large_for_the_machine_is_refused_with_what_it_needs(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "free_memory", lambda: 2_000_000)
    for ours in (True, False):
        use_kernels(monkeypatch, yes=ours)
        with pytest.raises(InputError, match=r"needs .* GB of memory, and 0.0 GB are free") as e:
            read_osm(helsinki())
        assert "city.box" in e.value.faults[0].remedy


def test_a_box_makes_a_large_file_fit(monkeypatch):
    use_kernels(monkeypatch, yes=True)
    monkeypatch.setattr(memory, "free_memory", lambda: 2_000_000)
    assert read_osm(helsinki(), box=(24.938, 60.167, 24.946, 60.172)).n_streets > 100


def needed(monkeypatch, free):
    """Read Helsinki with so much memory free; give all that it was said to need."""
    said = []

    def needs(self, bytes_, *, at_least=False):
        said.append((bytes_, at_least))
        if not self.holds(bytes_):
            raise self.refusal()

    monkeypatch.setattr(memory, "free_memory", lambda: free)
    monkeypatch.setattr(memory.Room, "needs", needs)
    try:
        read_osm(helsinki())
    except InputError:
        assert free is not None
    return said


def test_what_does_not_fit_is_counted_to_the_end(monkeypatch):
    use_kernels(monkeypatch, yes=True)
    (enough,) = needed(monkeypatch, None)
    assert enough[0] > 4_000_000
    assert needed(monkeypatch, 2_000_000) == [enough]


def test_a_box_as_large_as_the_file_is_refused_as_well(monkeypatch):
    use_kernels(monkeypatch, yes=True)
    monkeypatch.setattr(memory, "free_memory", lambda: 1_000_000)
    with pytest.raises(InputError, match=r"needs at least 0.0 GB of memory, and 0.0 GB are free"):
        read_osm(helsinki(), box=(20, 55, 30, 65))


def test_memory_that_runs_out_all_the_same_is_told(monkeypatch):
    def full(*_):
        raise MemoryError

    monkeypatch.setattr(osm, "join", full)
    with pytest.raises(InputError, match="needs more memory than there is") as caught:
        read_osm(helsinki())
    assert "city.box" in caught.value.faults[0].remedy


def test_a_limit_on_the_process_counts(monkeypatch):
    resource = pytest.importorskip("resource")
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    limit = used + 10**9
    monkeypatch.setattr(resource, "getrlimit", lambda _: (limit, limit))
    assert 0 < memory.free_memory() <= 10**9 + 10**8
    monkeypatch.setattr(resource, "getrlimit", lambda _: (used // 2, used // 2))
    assert memory.free_memory() == 0


def test_free_memory_is_that_of_the_machine():
    free = memory.free_memory()
    assert free is None or 10**7 < free < 10**14
