from __future__ import annotations

import io
import time

import pytest

from declaration import corpus
from safepassage.base.errors import InputError
from safepassage.declaration import read, read_file
from safepassage.declaration.intake import MAX_BYTES, MAX_FILE_BYTES, take

TEXT = (
    "2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo on "
    "4 November from 9 am to 7 pm.\n"
)
RUSSIAN = (
    "2 ноября 2016 года\n\nМинистерство обороны России объявило о гуманитарной паузе в Алеппо. "
    "Она начнётся в пятницу, 4 ноября, в 9:00 и продлится до 19:00.\n"
)
ARABIC = (
    "2 تشرين الثاني 2016\n\nأعلنت وزارة الدفاع الروسية هدنة إنسانية في مدينة حلب يوم الجمعة 4 "
    "تشرين الثاني من الساعة التاسعة صباحاً حتى الساعة السابعة مساءً، كما قالت وكالة الأنباء.\n"
)


def fault_of(source):
    with pytest.raises(InputError) as raised:
        read(source, name="notice")
    (fault,) = raised.value.faults
    assert fault.where == "notice"
    assert fault.remedy.endswith(".")
    return fault.what


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no words"),
        (" \n\t\n", "holds no words"),
        ("?!... ---", "holds no words"),
        ("\0\0\0\0", "holds no words"),
        ("A pause\0 in Aleppo", "is binary"),
        ("\x01\x02\x03\x04 pause", "is binary"),
        ("\ufffd\ufffd\ufffd a pause", "letters have become replacement signs"),
        ("??????? ??????????? ????? ?? 4 ?????? ? 9:00 ?? 19:00", "become question marks"),
        ("гуманитарная пауза".encode().decode("latin-1"), "is UTF-8 that was taken for another"),
        ("гуманитарная пауза".encode().decode("cp1251", "ignore"), "is UTF-8 that was taken"),
        ("هدنة في حلب".encode().decode("latin-1"), "is UTF-8 that was taken for another"),
        ("in Orléans’ café".encode().decode("cp1252"), "is UTF-8 that was taken for another"),
        ("a pause \ud800", "broken character (offset 8)"),
        ("a" * (MAX_BYTES + 1), "is longer than"),
        ("é" * (MAX_BYTES // 2 + 1), "is longer than"),
        ("a" * (MAX_FILE_BYTES + 1), "is longer than 10 MB"),
    ],
    ids=range(16),
)
def test_what_is_no_text_is_refused_with_its_name_and_a_remedy(text, says):
    assert says in fault_of(text)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "holds no words"),
        (b"\0" * 5000, "holds no words"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is a PDF"),
        (b"PK\x03\x04\x14\0\x06\0", "is a word processor's file or an archive"),
        (b"{\\rtf1\\ansi A humanitarian pause}", "is a rich-text file"),
        (bytes(range(256)) * 20, "is binary"),
        (b"\xff\xfe\x00", "is not UTF-16 text"),
        ("café in Aleppo".encode("latin-1"), "is not UTF-8 text (byte 3)"),
        ("пауза".encode("cp1251"), "nor in an encoding that can be told"),
        (b"\x81\x8d\x8f\x90 pause from 9 am", "nor in an encoding that can be told"),
        (b"x" * (MAX_BYTES + 1), "is longer than"),
    ],
    ids=range(12),
)
def test_files_that_are_no_text_are_refused(tmp_path, data, says):
    path = tmp_path / "notice.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        read_file(path)
    assert says in str(raised.value)
    assert "notice.txt" in str(raised.value)
    assert says in fault_of(data)


def test_missing_files_and_folders_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="is not there"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(InputError, match="is no path"):
        read_file(tmp_path / "a\0b")


def test_a_file_of_50_mb_is_refused_without_being_read(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    began = time.process_time()
    with pytest.raises(InputError, match="is longer than 10 MB"):
        read_file(path)
    assert time.process_time() - began < 0.2


class Endless(io.RawIOBase):
    """Give letters for ever, and count how many were asked for."""

    given = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        self.given += len(buffer)
        buffer[:] = b"a" * len(buffer)
        return len(buffer)


def test_what_never_ends_is_read_to_the_limit_only():
    endless = Endless()
    with pytest.raises(InputError, match="is longer than 10 MB"):
        read(io.BufferedReader(endless), name="standard input")
    assert endless.given < MAX_FILE_BYTES + 100_000


def test_a_byte_order_mark_and_windows_lines_change_nothing(tmp_path):
    plain = read(TEXT)
    path = tmp_path / "notice.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    marked = read_file(path)
    assert marked.text_name == "notice.txt"
    assert marked.evidence == plain.evidence
    assert not marked.remarks
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert read_file(path).windows == plain.windows


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u0085", "\v"])
def test_lines_may_end_in_any_way(end):
    text = "HUMANITARIAN PAUSE IN HOMS\n\nDate: 6 February 2014\nStart: 7 February 2014, 10:00\n"
    text += "End: 7 February 2014, 18:00\nCorridors: 1"
    plain, other = read(text), read(text.replace("\n", end))
    assert plain.windows
    assert other.windows == plain.windows
    assert other.corridors == plain.corridors


@pytest.mark.parametrize(
    ("text", "encoding", "called"),
    [
        (TEXT, "utf-16", "UTF-16"),
        (RUSSIAN, "utf-16", "UTF-16"),
        (ARABIC, "utf-32", "UTF-32"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "KOI8-R"),
        (RUSSIAN, "cp866", "IBM 866"),
        (RUSSIAN, "iso8859_5", "ISO-8859-5"),
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "iso8859_6", "ISO-8859-6"),
        (TEXT.replace("humanitarian pause", "“humanitarian” pause"), "cp1252", "windows-1252"),
        (TEXT + "It was agreed at a café in Orléans.", "latin-1", "windows-1252"),
    ],
    ids=range(11),
)
def test_older_encodings_are_told_and_named(text, encoding, called):
    taken = take(text.encode(encoding), "notice")
    assert taken.text == text
    (remark,) = taken.remarks
    assert f"written in {called};" in remark


def test_a_remark_names_the_encoding_and_offsets_count_in_the_decoded_text():
    text = TEXT + "It was agreed at a café in Orléans."
    declaration = read(text.encode("latin-1"))
    assert "windows-1252" in declaration.remarks[0]
    assert declaration.windows == read(text).windows
    for evidence in declaration.evidence.values():
        assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    ("language", "encodings"),
    [("ru", ("cp1251", "koi8_r", "cp866", "iso8859_5")), ("ar", ("cp1256", "iso8859_6"))],
)
@pytest.mark.parametrize("length", [40, 90, 1000])
def test_no_text_is_ever_decoded_wrongly(language, encodings, length):
    """A short text may be refused; what is decoded is what was written."""
    for path in sorted(corpus.FOLDER.glob(f"{language}-*.txt")):
        text = path.read_text("utf-8")[:length]
        for encoding in encodings:
            data = text.encode(encoding, "replace")
            decoded = decoded_or_none(data)
            assert decoded == data.decode(encoding) or (decoded is None and len(text) < 200)


def decoded_or_none(data):
    try:
        return take(data, "notice").text
    except InputError:
        return None


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


def pause_on(words):
    return (
        "2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo "
        f"{words}."
    )


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (pause_on("on 31 November from 9 am to 7 pm"), "“31 November” is no day of the calendar"),
        (pause_on("on 30 February 2017 from 9 am to 7 pm"), "“30 February 2017” is no day"),
        (pause_on("on 29 February 2017 from 9 am to 7 pm"), "“29 February 2017” is no day"),
        (pause_on("on 31.11.2016 from 9 am to 7 pm"), "“31.11.2016” is no day"),
        (pause_on("on 2016-11-31 from 9 am to 7 pm"), "“2016-11-31” is no day"),
        (pause_on("on 4 November from 25:00 to 27:00"), "“25:00” is no time of day"),
        (pause_on("on 4 November from 09:75 to 19:00"), "“09:75” is no time of day"),
        (pause_on("on Thursday, 4 November, from 9 am to 7 pm"),
         "“Thursday, 4 November” was not taken: 4 November 2016 is a Friday."),
        (RUSSIAN.replace("в пятницу, 4 ноября", "31 ноября"), "“31 ноября” is no day"),
        (RUSSIAN.replace("пятницу", "четверг"), "4 November 2016 is a Friday."),
        (RUSSIAN.replace("9:00", "25:00").replace("19:00", "26:00"), "“25:00” is no time of day"),
        (ARABIC.replace("4 تشرين", "31 تشرين"), "“الجمعة 31 تشرين الثاني” is no day"),
        (ARABIC.replace("الجمعة", "الخميس"), "4 November 2016 is a Friday."),
    ],
    ids=range(13),
)  # fmt: skip
def test_days_and_times_that_do_not_exist_are_told_and_not_taken(text, remark):
    declaration = read(text)
    assert declaration.windows == ()
    assert any(remark in said for said in declaration.remarks), declaration.remarks


@pytest.mark.parametrize(
    "words",
    ["on Friday, 4 November, from 9 am to 7 pm", "on 4 November from 00:00 to 24:00",
     "on 29 February 2020 from 9 am to 7 pm", "on 4.11.2016 from 09:00 to 19:00"],
)  # fmt: skip
def test_days_and_times_that_exist_are_not_complained_of(words):
    said = " ".join(read(pause_on(words)).remarks)
    assert "is no" not in said
    assert "not taken" not in said
