import os

import pytest

from safepassage.base.errors import InputError
from safepassage.base.files import write_together


def test_files_appear_together_and_nothing_else(tmp_path):
    folder = tmp_path / "new" / "folder"
    written = write_together(folder, {"a.txt": "é", "b.bin": b"\x00"})
    assert [path.name for path in written] == ["a.txt", "b.bin"]
    assert (folder / "a.txt").read_text(encoding="utf-8") == "é"
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.bin"]


def test_a_failure_leaves_the_old_files_and_no_half_ones(tmp_path, monkeypatch):
    write_together(tmp_path, {"a.txt": "old", "b.txt": "old"})
    real = os.fsync
    calls = []

    def full_disk(handle):
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(InputError, match="No space left on device"):
        write_together(tmp_path, {"a.txt": "new", "b.txt": "new"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a.txt": "old", "b.txt": "old",
    }  # fmt: skip


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        write_together(tmp_path / "taken", {"a.txt": "x"})


def test_a_folder_of_a_files_name_is_seen_before_anything_is_replaced(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(InputError, match=r"b\.txt: is a folder"):
        write_together(tmp_path, {"a.txt": "new", "b.txt": "new"})
    assert (tmp_path / "a.txt").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_a_folder_no_name_can_have_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write_together(tmp_path / "a\0b", {"a.txt": "x"})


def test_a_name_too_long_is_seen_before_anything_is_replaced(tmp_path):
    write_together(tmp_path, {"a": "old"})
    with pytest.raises(InputError, match="File name too long"):
        write_together(tmp_path, {"a": "new", f"sub/{'n' * 300}": "new"})
    assert (tmp_path / "a").read_text("utf-8") == "old"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "a"]
