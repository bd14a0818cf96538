"""`safepassage form`: a form in one file, or one message and no file."""

import pytest

from safepassage.cli.app import run


@pytest.mark.parametrize(("name", "begins"), [("form.xlsx", b"PK"), ("form.XML", b"<?xml")])
def test_a_form_is_written_by_what_its_name_ends_in(tmp_path, capsys, name, begins):
    path = tmp_path / name
    assert run(["form", "aleppo-2016-11-04", "--to", str(path), "--exercise"]) == 0
    assert path.read_bytes().startswith(begins)
    assert capsys.readouterr().out.startswith("EXERCISE ")


def test_all_that_is_wrong_is_told_and_nothing_written(tmp_path, capsys):
    path = tmp_path / "form.pdf"
    assert run(["form", "aleppo-2016-11-04", "--to", str(path), "--language", "fr"]) == 2
    told = capsys.readouterr().err
    assert "--to: names neither an XLSForm nor an XForm" in told
    assert "--language: is no language of the form" in told
    assert run(["form", "nowhere", "--to", str(tmp_path / "form.xlsx")]) == 2
    assert list(tmp_path.iterdir()) == []
