"""`safepassage cases`: a built-in case is copied whole, or one message and no file."""

import pytest

from safepassage.case import find_case
from safepassage.cli.app import run

NAME = "aleppo-2016-11-04"


def test_a_copy_holds_every_file_and_is_a_case(tmp_path, capsys):
    folder = tmp_path / "mine"
    assert run(["cases", NAME, "--to", str(folder)]) == 0
    source = find_case(NAME).parent
    expected = {path.relative_to(source): path for path in source.rglob("*") if path.is_file()}
    copied = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    assert set(copied) == set(expected)
    assert all(copied[name].read_bytes() == expected[name].read_bytes() for name in expected)
    assert str(folder / "case.toml") in capsys.readouterr().out.splitlines()

    (folder / "case.toml").write_text("changed", "utf-8")
    assert run(["cases", NAME, "--to", str(folder)]) == 2
    assert "holds a case already" in capsys.readouterr().err
    assert (folder / "case.toml").read_text("utf-8") == "changed"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([NAME], "needs a folder to copy it to"),
        (["--to", "mine"], "needs the name of a built-in case"),
        (["nowhere", "--to", "mine"], "is no built-in case"),
    ],
)
def test_half_a_copy_is_refused(tmp_path, monkeypatch, capsys, words, told):
    monkeypatch.chdir(tmp_path)
    assert run(["cases", *words]) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
