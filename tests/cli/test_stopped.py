"""A run that is told to stop leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time

import pytest

from city.squares import CASE, streets
from city.walled import FAR, NEAR

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_half_of_a_file(tmp_path, sign):
    streets(tmp_path)
    pipe = tmp_path / "slow.csv"
    text = f'{CASE}\n{NEAR}{FAR}\n[city]\nstreets = "town.osm"\n'
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    folder = tmp_path / "temporary"
    folder.mkdir()
    os.mkfifo(pipe)
    run = subprocess.Popen(
        [sys.executable, "-c", _WAITING, str(tmp_path), str(pipe)],
        env={**os.environ, "TMPDIR": str(folder)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with pipe.open("rb"):  # the layers are half made
        time.sleep(0.1)
        run.send_signal(sign)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Stopped; nothing was written." in said
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "out").exists()


_WAITING = """
import sys, time
from safepassage.city import geopackage
from safepassage.cli.app import run

_, folder, pipe = sys.argv

def wait(*_, **__):
    open(pipe, "wb").close()
    time.sleep(60)

geopackage.add_styles = wait
sys.argv = ["safepassage", "map", folder, "--to", folder + "/out/city.gpkg"]
sys.exit(run())
"""
