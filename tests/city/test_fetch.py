"""Fetch maps from a server on this machine, which answers as such servers do."""

import errno
import json
import socket
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from city.extracts import helsinki
from city.servers import MAP, NODES, ok, serving
from city.tiny import osm_text
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.city import build_city
from safepassage.city.build import city_inputs
from safepassage.city.fetch import Server, cache_folder, fetched
from safepassage.city.overpass import box_around, fetch_streets
from safepassage.cli import main

WHERE = json.dumps(
    [
        {
            "place_id": 1,
            "display_name": "Helsinki, Suomi / Finland",
            "boundingbox": ["60.165", "60.180", "24.930", "24.950"],
        }
    ]
).encode()


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    """Keep fetched files here, and let nothing leave this machine."""
    monkeypatch.setenv("SAFEPASSAGE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("no_proxy", "*")
    for name in ("NOMINATIM", "OVERPASS", "GEOFABRIK"):
        monkeypatch.setenv(f"SAFEPASSAGE_{name}", "http://127.0.0.1:9/")


@pytest.fixture
def use(monkeypatch):
    def point_at(play):
        for name in ("NOMINATIM", "OVERPASS", "GEOFABRIK"):
            monkeypatch.setenv(f"SAFEPASSAGE_{name}", f"{play.url}/{name.lower()}")
        return play

    return point_at


def busy(code=429, **headers):
    return (code, {key.replace("_", "-"): value for key, value in headers.items()}, b"busy")


class Clock:
    def __init__(self):
        self.waits = []

    def server(self, **options):
        return Server(sleep=self.waits.append, **options)


def refused(work, *args, **options):
    with pytest.raises(InputError) as caught:
        work(*args, **options)
    (fault,) = caught.value.faults
    assert fault.remedy
    assert "\n" not in str(fault)
    return fault


def left():
    return sorted(path.name for path in cache_folder().glob("*")) + sorted(
        path.name for path in cache_folder().glob(".*")
    )


def test_a_place_by_name(use):
    with serving(nominatim=[ok(WHERE)], overpass=[ok(MAP)]) as play:
        use(play)
        found = fetch_streets("Helsinki, Finland")
        again = fetch_streets("Helsinki, Finland")
    assert found == again
    assert [each[:2] for each in play.heard] == [("GET", "nominatim"), ("POST", "overpass")]
    assert play.heard[0][2]["q"] == ["Helsinki, Finland"]
    (question,) = play.heard[1][2]["data"]
    assert 'way["highway"](60.165000,24.930000,60.180000,24.950000)' in question
    assert "(._;>;)" in question
    assert all(agent.startswith("safepassage/") for *_, agent in play.heard)
    assert found.path.name.startswith("helsinki-finland-")
    assert found.path.read_bytes() == MAP
    assert found.area.box == (24.93, 60.165, 24.95, 60.18)


def test_a_place_around_a_point_asks_no_one_where_it_is(use):
    with serving(overpass=[ok(MAP)]) as play:
        use(play)
        found = fetch_streets("here", around=(60.17, 24.94, 2.0))
    assert [each[1] for each in play.heard] == ["overpass"]
    assert found.area.box == box_around(60.17, 24.94, 2.0)


def test_the_box_around_a_point_reaches_as_far_as_said():
    west, south, east, north = box_around(60.0, 25.0, 10.0)
    assert (north - 60) * 111.195 == pytest.approx(10)
    assert (60 - south) * 111.195 == pytest.approx(10)
    assert (east - 25) * 111.195 * 0.5 == pytest.approx(10)
    assert west == pytest.approx(50 - east)
    assert box_around(89.99, 0, 50)[3] == 90


@pytest.mark.parametrize(
    ("answer", "waits"),
    [
        (busy(429, Retry_After="7"), [7.0]),
        (busy(429, Retry_After="1"), [5.0]),  # never sooner than we think fit
        (busy(429), [5.0]),
        (busy(504), [5.0]),
        (busy(503, Retry_After="nonsense"), [5.0]),
    ],
)
def test_a_busy_server_is_asked_again_after_the_wait_it_wants(use, answer, waits):
    clock = Clock()
    with serving(overpass=[answer, ok(MAP)]) as play:
        use(play)
        found = fetch_streets("x", around=(60, 25, 1), server=clock.server())
    assert clock.waits == waits
    assert found.path.is_file()


def test_a_wait_until_an_hour_of_the_day(use):
    clock = Clock()
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    with serving(overpass=[busy(429, Retry_After=when), ok(MAP)]) as play:
        use(play)
        fetch_streets("x", around=(60, 25, 1), server=clock.server())
    assert 30 < clock.waits[0] <= 40


def test_a_server_that_stays_busy(use):
    clock = Clock()
    with serving(overpass=[busy(504)]) as play:
        use(play)
        fault = refused(fetch_streets, "x", around=(60, 25, 1), server=clock.server())
    assert clock.waits == [5.0, 10.0, 20.0]
    assert len(play.heard) == 4
    assert "is busy (504 Gateway Timeout), 4 times" in fault.what
    assert "city.streets" in fault.remedy
    assert left() == []


def test_a_server_that_asks_for_a_long_wait_is_not_waited_for(use):
    clock = Clock()
    with serving(overpass=[busy(429, Retry_After="3600")]) as play:
        use(play)
        fault = refused(fetch_streets, "x", around=(60, 25, 1), server=clock.server())
    assert "asks to wait for 3,600 seconds" in fault.what
    assert clock.waits == []
    assert len(play.heard) == 1


@pytest.mark.parametrize(("code", "said"), [(400, "address"), (403, "another server")])
def test_a_server_that_refuses_is_not_asked_again(use, code, said):
    with serving(overpass=[busy(code)]) as play:
        use(play)
        fault = refused(fetch_streets, "x", around=(60, 25, 1))
    assert f"refuses ({code}" in fault.what
    assert said in fault.remedy
    assert len(play.heard) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (MAP[:-30], "something else than OpenStreetMap's XML"),
        (b"<html><body>Bad</body></html>", "a page of html"),
        (b"", "something else"),
        (b'{"elements": []}', "something else"),
        (osm_text(NODES, {}).encode(), "has no street there"),
        (
            MAP.replace(b"</osm>", b"<remark>runtime error: Query timed out</remark></osm>"),
            "could not answer (runtime error: Query timed out",
        ),
        (b'<!DOCTYPE osm [<!ENTITY a "b">]>' + MAP.split(b"?>")[1], "something else"),
    ],
)  # fmt: skip
def test_answers_that_are_no_map_are_not_kept(use, content, said):
    with serving(overpass=[ok(content)]) as play:
        use(play)
        fault = refused(fetch_streets, "x", around=(60, 25, 1))
        assert said in fault.what
        assert left() == []
        play.answers["overpass"] = [ok(MAP)]
        assert fetch_streets("x", around=(60, 25, 1)).path.read_bytes() == MAP


def test_an_answer_cut_short_is_asked_for_again(use):
    clock = Clock()
    short = (200, {"Content-Length": str(len(MAP) + 5), "Connection": "close"}, MAP)
    with serving(overpass=[short, ok(MAP)]) as play:
        use(play)
        assert fetch_streets("x", around=(60, 25, 1), server=clock.server()).path.is_file()
    assert len(clock.waits) == 1


def answering(work, *pieces, pause_s=0.0):
    """Do something with the address of a server that says this, byte for byte, and hangs up."""

    def talk(listening):
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line, suppress(OSError):
                line.recv(65536)
                for piece in pieces:
                    line.sendall(piece)
                    time.sleep(pause_s)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=talk, args=(listening,), daemon=True).start()
        try:
            return work(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        finally:
            listening.shutdown(socket.SHUT_RDWR)


OK = b"HTTP/1.0 200 OK\r\n\r\n"


def test_an_answer_that_only_drips_is_given_up():
    server = Clock().server(tries=2, timeout_s=0.3)
    fault = answering(
        lambda url: refused(fetched, url, "x.osm", server=server), OK, *[b" "] * 100, pause_s=0.02
    )
    assert "does not answer" in fault.what
    assert "bytes in" in fault.what
    assert left() == []


@pytest.mark.parametrize("head", [OK, b"HTTP/1.0 200 OK\r\nContent-Length: 5000\r\n\r\n"])
def test_an_answer_without_end_is_broken_off(head):
    fault = answering(lambda url: refused(fetched, url, "x", most=3000), head, b"x" * 5000)
    assert "answers with more than" in fault.what
    assert left() == []


def test_a_length_that_is_no_number_is_passed_over():
    head = b"HTTP/1.0 200 OK\r\nContent-Length: many\r\n\r\n"
    assert answering(lambda url: fetched(url, "x"), head, b"abc").read_bytes() == b"abc"


@pytest.mark.parametrize("there", [b"http://[::1/x", b"/x", b"file:///etc/passwd"])
def test_redirections_that_lead_nowhere(there):
    head = b"HTTP/1.0 302 Found\r\nLocation: " + there + b"\r\n\r\n"
    server = Clock().server(tries=2)
    answering(lambda url: refused(fetched, url, "x", server=server), head)
    assert left() == []


def test_a_disk_that_is_full(use, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("safepassage.city.fetch._take", full)
    fault = refused(fetched, "http://127.0.0.1:9/", "x.osm")
    assert "cannot be written (No space left on device)" in fault.what
    assert left() == []


def test_a_place_with_a_very_long_name(use):
    with serving(overpass=[ok(MAP)]) as play:
        use(play)
        found = fetch_streets("../" + "x" * 400, around=(60, 25, 1))
    assert found.path.parent == cache_folder()


def test_a_server_that_says_nothing():
    clock = Clock()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        fault = refused(fetched, url, "x.osm", server=clock.server(tries=2, timeout_s=0.05))
    assert "answer" in fault.what
    assert "2 times" in fault.what
    assert clock.waits == [5.0]


def test_no_connection_is_told_at_once_with_what_to_do_instead():
    clock = Clock()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    fault = refused(fetched, f"http://127.0.0.1:{port}/", "x.osm", server=clock.server())
    assert "cannot be reached" in fault.what
    assert "city.streets" in fault.remedy
    assert clock.waits == []
    fault = refused(fetched, "http://no-such-host.invalid/", "x.osm", server=clock.server())
    assert fault.where == "no-such-host.invalid"
    assert left() == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://h/x", "overpass", "http:///x"])
def test_addresses_that_are_none(url):
    assert "no address" in refused(fetched, url, "x.osm").what


def test_a_cache_that_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SAFEPASSAGE_CACHE", str(tmp_path / "file"))
    assert "SAFEPASSAGE_CACHE" in refused(fetched, "http://127.0.0.1:9/", "x.osm").remedy


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[]", "does not know"),
        (b'[{"display_name": "x"}]', "does not know"),
        (b'{"error": 1}', "does not know"),
        (b"<html>", "something else than JSON"),
        (b"[" * 200_000, "something else than JSON"),
        (b'[{"boundingbox": ["nan", "60.2", "24.9", "25"]}]', "does not know"),
        (b'[{"boundingbox": ["60", "60.2", "24.9", "inf"]}]', "does not know"),
    ],
)
def test_a_place_that_is_not_found(use, content, said):
    with serving(nominatim=[ok(content)]) as play:
        use(play)
        assert said in refused(fetch_streets, "Nowhere").what
    assert left() == []


@pytest.mark.parametrize("edges", [b'"179.9", "-179.9"', b'"-180", "180"'])
def test_a_place_across_longitude_180(use, edges):
    where = b'[{"boundingbox": ["-17.9", "-17.8", ' + edges + b"]}]"
    with serving(nominatim=[ok(where)]) as play:
        use(play)
        fault = refused(fetch_streets, "Taveuni, Fiji")
    assert "longitude 180" in fault.what
    assert "radius_km" in fault.remedy


def test_a_place_too_large_for_overpass(use):
    large = WHERE.replace(b"60.180", b"61.9")
    with serving(nominatim=[ok(large)], overpass=[ok(MAP)]) as play:
        use(play)
        fault = refused(fetch_streets, "Finland")
    assert "193 km" in fault.where
    assert "radius_km" in fault.remedy
    assert [each[1] for each in play.heard] == ["nominatim"]


INDEX = {
    "type": "FeatureCollection",
    "features": [
        {"properties": {"id": "finland", "name": "Finland", "urls": {"pbf": "URL/finland.pbf"}}},
        {"properties": {"id": "russia", "name": "Russia"}},
    ],
}


def test_an_extract_by_country(use):
    with serving(nominatim=[ok(WHERE)], finland=[ok(helsinki().read_bytes())]) as play:
        use(play)
        play.answers["geofabrik"] = [ok(json.dumps(INDEX).replace("URL", play.url).encode())]
        found = fetch_streets("Helsinki, Finland", kind="geofabrik")
        fetch_streets("Helsinki, Finland", kind="geofabrik")
        unknown = refused(fetch_streets, "Moscow, Russia", kind="geofabrik", around=(55, 37, 5))
        play.answers["geofabrik"] = [ok(b"[]")]
    assert found.path.read_bytes() == helsinki().read_bytes()
    assert [each[1] for each in play.heard] == ["nominatim", "geofabrik", "finland"]
    assert "names no extract" in unknown.what


def test_a_page_in_place_of_an_extract_is_not_kept(use):
    with serving(finland=[ok(b"<html>Sign in</html>")]) as play:
        use(play)
        play.answers["geofabrik"] = [ok(json.dumps(INDEX).replace("URL", play.url).encode())]
        fault = refused(fetch_streets, "Finland", kind="geofabrik", around=(60, 25, 1))
    assert "something else than a PBF file" in fault.what
    assert [name for name in left() if name.startswith("finland")] == []


def test_a_list_of_extracts_whose_addresses_are_none(use):
    odd = json.dumps(INDEX).replace('"URL/finland.pbf"', "5").encode()
    with serving(geofabrik=[ok(odd)]) as play:
        use(play)
        fault = refused(fetch_streets, "Finland", kind="geofabrik", around=(60, 25, 1))
    assert "no address of a server" in fault.what


def test_a_list_of_extracts_that_is_none(use):
    with serving(geofabrik=[ok(b"[]")]) as play:
        use(play)
        fault = refused(fetch_streets, "x", kind="geofabrik", around=(55, 37, 5))
    assert "no list of extracts" in fault.what


CASE = """
schema = 1
id = "helsinki"
title = "Helsinki"
place = {{ name = "Helsinki", lat = 60.172, lon = 24.94, tz = "Europe/Helsinki" }}
window = {{ start = 2026-06-01T09:00:00, end = 2026-06-01T13:00:00 }}
people = 800
city = {{ {city} }}
[[corridors]]
id = "north"
name = "North"
people_per_min_per_lane = 20
position = {{ lat = 60.173, lon = 24.94 }}
"""


def case(folder, city):
    (folder / "case.toml").write_text(CASE.format(city=city))
    return load_case(str(folder))


def test_a_case_that_names_a_place(use, tmp_path):
    loaded = case(tmp_path, 'place = "Helsinki, Finland", radius_km = 2')
    with serving(overpass=[ok(MAP)]) as play:
        use(play)
        city = build_city(loaded)
        (source,) = city_inputs(loaded)
    assert city.streets.n_streets == 6
    assert not city.schematic
    assert "OpenStreetMap" in city.attribution[0]
    assert source.name.startswith("helsinki-finland-")
    assert len(play.heard) == 1


def test_a_case_cut_out_of_a_countrys_extract(use, tmp_path):
    loaded = case(tmp_path, 'place = "Helsinki, Finland", radius_km = 0.5, fetch = "geofabrik"')
    with serving(finland=[ok(helsinki().read_bytes())]) as play:
        use(play)
        play.answers["geofabrik"] = [ok(json.dumps(INDEX).replace("URL", play.url).encode())]
        city = build_city(loaded)
    assert city.streets.left_out["streets outside the box"] > 100


def test_a_case_without_a_place_asks_nobody(tmp_path, use):
    loaded = case(tmp_path, f'streets = "{helsinki()}"')
    with serving() as play:
        use(play)
        build_city(loaded)
    assert play.heard == []


def test_a_plan_over_a_place_that_is_fetched(use, tmp_path, capsys):
    case(tmp_path, f'streets = "{helsinki()}"')
    words = ["plan", str(tmp_path), "--place", "Helsinki, Finland", "--json"]
    with serving(nominatim=[ok(WHERE)], overpass=[ok(MAP)]) as play:
        use(play)
        assert main(words) == 0
    document = json.loads(capsys.readouterr().out)
    assert any(each["name"].startswith("helsinki-finland-") for each in document["inputs"])
    assert main(words) == 0  # from disk: the server has gone


def test_a_plan_for_a_text_over_a_place_that_is_fetched(use, tmp_path, capsys):
    text = tmp_path / "pause.txt"
    text.write_text(
        "Helsinki, 1 June 2026. A humanitarian pause will be in force in Helsinki on 1 June 2026 "
        "from 09:00 to 13:00, so that civilians can leave."
    )
    words = ["plan", str(text), "--place", "Helsinki, Finland", "--people", "500..800", "--json"]
    words += ["--crossing", "North=60.173,24.94,20"]
    with serving(nominatim=[ok(WHERE)], overpass=[ok(MAP)]) as play:
        use(play)
        assert main(words) == 0
        assert main([*words, "--streets", str(helsinki())]) == 2
    assert "--streets and --place: exclude each other" in capsys.readouterr().err


def test_a_place_that_cannot_be_fetched_writes_nothing(tmp_path, capsys):
    case(tmp_path, f'streets = "{helsinki()}"')
    to = tmp_path / "out"
    assert main(["plan", str(tmp_path), "--place", "Helsinki", "--to", str(to)]) == 2
    told = capsys.readouterr().err
    assert "cannot be reached" in told
    assert "city.streets" in told
    assert not to.exists()
