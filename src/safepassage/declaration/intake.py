"""Take a text in: from bytes to words, in whatever encoding, out of a web page if need be."""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.base.errors import InputError
from safepassage.base.provenance import sha256
from safepassage.declaration.languages import is_small_word
from safepassage.declaration.page import article_of, declared_encoding, is_page

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["MAX_BYTES", "MAX_FILE_BYTES", "Intake", "check", "load", "take"]

MAX_BYTES = 1_000_000
"""Longest text that is read [bytes of UTF-8]; an announcement has a few thousand, and a
million take some ten seconds."""
MAX_FILE_BYTES = 10_000_000
"""Longest file that is opened [bytes]: a saved page may hold its styles and pictures."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = {
    "cp1251": ("windows-1251", "ru"), "koi8_r": ("KOI8-R", "ru"), "cp866": ("IBM 866", "ru"),
    "iso8859_5": ("ISO-8859-5", "ru"), "cp1256": ("windows-1256", "ar"),
    "iso8859_6": ("ISO-8859-6", "ar"), "cp1252": ("windows-1252", "en"),
}  # fmt: skip
"""Older encodings that texts in the three languages come in, and what is written in each."""
_LETTERS = {
    "ru": re.compile("[А-ЯЁ]?[а-яё]*|[А-ЯЁ]+"),
    "ar": re.compile("[\u0621-\u064a]+"),
    "en": re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ]+"),
}
"""What a word is made of; capitals within a word show the wrong Cyrillic encoding."""
_FEW_KNOWN, _LEAST_KNOWN = 2, 0.1
"""Fewest small words of the language, and their least share of its words, for an encoding to
be certain: in running text about a quarter are."""
_OF_PAGES = re.compile(
    r"ascii|big5|cp125\d|cp866|euc_\w\w|gb\w+|iso8859-\d+|koi8-\w|mac-cyrillic|shift_jis"
)
"""Encodings of pages: no other of Python's codecs is tried, some of which are slow or no text."""
_LATIN_1 = frozenset({"ascii", "iso8859-1", "iso8859-15"})
"""What pages name where they mean windows-1252, after the WHATWG's Encoding Standard."""
_KINDS = (
    (b"%PDF-", "a PDF", "Export it as text, or paste its words into a file."),
    (b"PK\x03\x04", "a word processor's file or an archive", "Save it as plain text."),
    (b"\xd0\xcf\x11\xe0", "a word processor's file", "Save it as plain text."),
    (b"{\\rtf", "a rich-text file", "Save it as plain text."),
    (b"\x89PNG", "a picture", "Type its words into a file."),
    (b"\xff\xd8\xff", "a picture", "Type its words into a file."),
    (b"GIF8", "a picture", "Type its words into a file."),
    (b"\x1f\x8b", "an archive", "Unpack it first."),
)
_AS_LATIN_1 = {
    ord(sign): code
    for code in range(0x80, 0xA0)
    if (sign := bytes([code]).decode("cp1252", "ignore"))
}
"""Turns what windows-1252 has in place of Latin-1's controls into these."""
_HEAD = 100_000
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_TEXT = "Save it as UTF-8 text; a PDF or a word processor's file must be exported first."


@dataclass(frozen=True, slots=True)
class Intake:
    """Hold the text that is read, and what was done to get it.

    Attributes
    ----------
    text
        What every offset and quote counts in: of a web page, the article.
    remarks
        Sentences on the encoding, and on the page it was taken out of.

    """

    text: str
    remarks: tuple[str, ...] = ()


def load(path: Path) -> Intake:
    """Read a file, as `take` does with its bytes.

    Raises
    ------
    InputError
        If the file is missing or unreadable, or holds no text that can be read.

    """
    where = str(path)
    try:
        if path.is_file() and path.stat().st_size > MAX_FILE_BYTES:
            raise _too_long(where, MAX_FILE_BYTES)
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except IsADirectoryError as error:
        raise InputError.one(where, "is a folder", "Name a text file.") from error
    except FileNotFoundError as error:
        raise InputError.one(where, "is not there", "Check the path.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError.one(where, f"cannot be read ({reason})", "Check the file.") from error
    except ValueError as error:  # a path with a NUL in it
        raise InputError.one(where, "is no path", "Check the path.") from error
    return take(data, where)


def take(source: BinaryIO | bytes | str, name: str) -> Intake:
    """Take a text from an open file, its bytes, or as it is; read a web page as its article.

    At most ten million bytes are read. Text is UTF-8, or UTF-16 or 32 with a byte order mark,
    or an older encoding where it is certain which.

    Raises
    ------
    InputError
        If it is too long, is no text, or its encoding is not certain.

    """
    if isinstance(source, str):
        return _opened(source, name, _encoded(source, name))
    data = source if isinstance(source, bytes) else source.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise _too_long(name, MAX_FILE_BYTES)
    text, encoding = _decoded(data, name)
    remark = f"Taken to be written in {encoding}; offsets count in the decoded characters."
    return _opened(text, name, data, (remark,) if encoding else ())


def check(raw: str, name: str) -> None:
    """Refuse what is no text, or longer than what is read.

    Raises
    ------
    InputError
        If it is empty, too long, or not text at all.

    """
    if not raw.strip() or not any(sign.isalnum() for sign in raw[:_HEAD]):
        raise InputError.one(name, "holds no words", "Give the text of an announcement.")
    if len(raw) > MAX_BYTES:
        raise _too_long(name, MAX_BYTES)
    if len(_encoded(raw, name)) > MAX_BYTES:
        raise _too_long(name, MAX_BYTES)
    spoiled = _spoiled(raw)
    if spoiled:
        remedy = "Get the original, and save or copy it as UTF-8 text."
        raise InputError.one(name, f"was spoiled before it came here: {spoiled}", remedy)
    if "\x00" in raw or _controls(raw) * 100 > len(raw):
        remedy = "Give plain text; a PDF or a word processor's file must be exported first."
        raise InputError.one(name, "is binary, not text", remedy)


def _spoiled(raw: str) -> str | None:
    """Tell how a text lost its letters, ``None`` if it has them."""
    if raw.isascii():
        letters = sum(map(str.isalpha, raw[:_HEAD]))
        marks = raw.count("?", 0, _HEAD)
        return "most letters have become question marks" if marks > max(letters, 20) else None
    if raw.count("\ufffd") * 100 > len(raw):
        return "letters have become replacement signs"
    for encoding in ("latin-1", "cp1251", "cp1256"):
        with suppress(UnicodeError):
            data = raw.translate(_AS_LATIN_1) if encoding == "latin-1" else raw
            data.encode(encoding).decode("utf-8")
            return "it is UTF-8 that was taken for another encoding"
    return None


def _opened(text: str, name: str, data: bytes, remarks: tuple[str, ...] = ()) -> Intake:
    """Give the article where the text is a web page."""
    if len(text) > MAX_FILE_BYTES:
        raise _too_long(name, MAX_FILE_BYTES)
    if not is_page(text, name):
        return Intake(text, remarks)
    remark = (
        f"Read as the article of a saved page (sha256 {sha256(data)}): menus, captions, "
        "comments and related links were left out, and offsets count in the article's text."
    )
    return Intake(article_of(text, name), (*remarks, remark))


def _too_long(where: str, most: int) -> InputError:
    unit = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"
    return InputError.one(where, f"is longer than {unit}", "Give the announcement alone.")


def _encoded(text: str, name: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        what = f"holds a broken character (offset {error.start})"
        raise InputError.one(name, what, "Save it as UTF-8 text.") from error


def _decoded(data: bytes, name: str) -> tuple[str, str | None]:
    """Decode a text; name its encoding where it had to be told."""
    for start, kind, remedy in _KINDS:
        if data.startswith(start):
            raise InputError.one(name, f"is {kind}, not text", remedy)
    mark = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    try:
        if mark:
            return data.decode(mark), mark.upper()
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        fault = error
    if b"\0" in data and not mark:
        raise InputError.one(name, "is binary, not text", _PLAIN_TEXT)
    found = None if mark else _declared(data) or _recognised(data)
    if found is None:
        other = "" if mark else ", nor in an encoding that can be told"
        what = f"is not {(mark or 'utf-8').upper()} text (byte {fault.start}){other}"
        raise InputError.one(name, what, _PLAIN_TEXT) from fault
    return found


def _declared(data: bytes) -> tuple[str, str] | None:
    """Decode a page in the encoding that it names."""
    named = declared_encoding(data)
    try:
        encoding = codecs.lookup(named or "").name
        if named is None or not _OF_PAGES.fullmatch(encoding):
            return None
        return data.decode("cp1252" if encoding in _LATIN_1 else encoding), named
    except (LookupError, UnicodeDecodeError):
        return None


def _recognised(data: bytes) -> tuple[str, str] | None:
    """Decode in the likeliest older encoding that makes words of the language it is for."""
    from charset_normalizer import from_bytes  # noqa: PLC0415

    for match in from_bytes(data, cp_isolation=list(_LEGACY)):
        text = str(match)
        for encoding in (match.encoding, *match.could_be_from_charset):
            name, language = _LEGACY.get(encoding, ("", ""))
            if name and _makes_words(text, language):
                return text, name
    return None


def _makes_words(text: str, language: str) -> bool:
    """Tell whether a decoded text has enough words of a language, and none in odd letters."""
    words = _WORD.findall(text)
    foreign = [word for word in words if not word.isascii()]
    letters = _LETTERS[language]
    own = words if language == "en" else foreign
    known = sum(is_small_word(word.lower(), language) for word in own)
    enough = known >= max(_FEW_KNOWN, len(own) * _LEAST_KNOWN)
    return enough and all(map(letters.fullmatch, foreign))


def _controls(raw: str) -> int:
    """Count control characters in the head."""
    head = raw[:_HEAD]
    if head.isascii() and head.isprintable():
        return 0
    return sum(
        sign not in "\n\r\t\f\v\u0085" and unicodedata.category(sign) == "Cc" for sign in head
    )
