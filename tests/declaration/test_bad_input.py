from __future__ import annotations

import pytest

from safepassage.base.errors import InputError
from safepassage.declaration import read, read_file
from safepassage.declaration.intake import MAX_BYTES

TEXT = (
    "2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo on "
    "4 November from 9 am to 7 pm.\n"
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no words"),
        (" \n\t\n", "holds no words"),
        ("?!... ---", "holds no words"),
        ("\0\0\0\0", "holds no words"),
        ("A pause\0 in Aleppo", "is binary"),
        ("\x01\x02\x03\x04 pause", "is binary"),
        ("\ufffd\ufffd\ufffd a pause", "is binary"),
        ("a pause \ud800", "broken character (offset 8)"),
        ("a" * (MAX_BYTES + 1), "is longer than 250 kB"),
        ("é" * (MAX_BYTES // 2 + 1), "is longer than 250 kB"),
        (
            "国防部宣布从明天上午九时到下午七时在阿勒颇实行人道主义停火,开放八条走廊供平民离开,另外两条供武装人员携带武器撤离该城。",
            "not in English",
        ),
        (
            "Το υπουργείο άμυνας ανακοίνωσε ανθρωπιστική παύση στο Χαλέπι την Παρασκευή",
            "not in English",
        ),
    ],
    ids=range(12),
)
def test_what_is_no_text_is_refused_with_its_name_and_a_remedy(text, says):
    with pytest.raises(InputError) as raised:
        read(text, name="notice")
    (fault,) = raised.value.faults
    assert fault.where == "notice"
    assert says in fault.what
    assert fault.remedy.endswith(".")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "holds no words"),
        (b"\0" * 5000, "holds no words"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is not UTF-8 text (byte 0)"),
        (TEXT.encode("utf-16"), "is not UTF-8 text"),
        ("café in Aleppo".encode("latin-1"), "is not UTF-8 text (byte 3)"),
        (b"x" * (MAX_BYTES + 1), "is longer than 250 kB"),
    ],
    ids=range(6),
)
def test_files_that_are_no_text_are_refused(tmp_path, data, says):
    path = tmp_path / "notice.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        read_file(path)
    assert says in str(raised.value)
    assert "notice.txt" in str(raised.value)


def test_missing_files_and_folders_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="is not there"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(InputError, match="is no path"):
        read_file(tmp_path / "a\0b")


def test_a_byte_order_mark_and_windows_lines_change_nothing(tmp_path):
    plain = read(TEXT)
    path = tmp_path / "notice.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    marked = read_file(path)
    assert marked.text_name == "notice.txt"
    assert marked.evidence == plain.evidence
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert read_file(path).windows == plain.windows


@pytest.mark.parametrize(
    ("change", "to"),
    [
        (" ", "\u00a0"), ("9 am to 7 pm", "9\u202fam\u2009–\u20097\u202fpm"), (" ", "  "),
        ("from", "from\n"),
        ("\n\n", "\n \n"), ("humanitarian pause", "“humanitarian pause”"),
        ("Ministry", "Minis\u00adtry"),
    ],
)  # fmt: skip
def test_typography_does_not_change_the_reading(change, to):
    text = TEXT.replace(change, to)
    declaration = read(text)
    if "\u00ad" not in to:
        assert [w.model_dump() for w in declaration.windows] == [
            w.model_dump() for w in read(TEXT).windows
        ]
    for evidence in declaration.evidence.values():
        assert text[evidence.start : evidence.end] == evidence.quote
