"""Load a case from a folder or a file, and report all its faults together."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from safepassage.base.errors import Fault, InputError
from safepassage.base.provenance import Source, sha256
from safepassage.case.locate import line_of
from safepassage.case.model import Case

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["LoadedCase", "built_in_cases", "find_case", "load_case"]

_LONG = 120  # characters of a name that are shown
_MESSAGES = {"extra_forbidden": "is not a known key", "missing": "is missing"}
_REMEDIES = {
    "extra_forbidden": "Remove it, or check its spelling against docs/case.md.",
    "missing": "Add it; docs/case.md shows an example.",
}


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """Hold a case, the folder its paths are relative to, and what was read."""

    case: Case
    folder: Path
    inputs: tuple[Source, ...]

    def path(self, relative: Path) -> Path:
        """Resolve a path of the case."""
        return relative if relative.is_absolute() else self.folder / relative


def built_in_cases() -> tuple[str, ...]:
    """List the names of the cases that ship with the package."""
    root = _built_in_root()
    return tuple(sorted(path.parent.name for path in root.glob("*/case.toml")))


def _built_in_root() -> Path:
    return Path(str(files("safepassage.case"))) / "builtin"


def find_case(name_or_path: str) -> Path:
    """Find ``case.toml`` by the name of a built-in case, a folder, or a file.

    Raises
    ------
    InputError
        If there is no such case.

    """
    path = Path(name_or_path)
    try:
        if path.is_dir():
            path = path / "case.toml"
        if path.is_file():
            return path
        built_in = _built_in_root() / name_or_path / "case.toml"
        if "/" not in name_or_path and built_in.is_file():
            return built_in
    except (OSError, ValueError):  # a name too long, or one that no file can have
        pass
    known = ", ".join(built_in_cases())
    raise InputError.one(
        _short(name_or_path), "is neither a built-in case, nor a folder with case.toml, nor a file",
        f"Built-in cases: {known}. `safepassage cases` lists them.",
    )  # fmt: skip


def _short(name: str) -> str:
    """Cut a name that would flood the screen, and show what cannot be printed."""
    shown = name if name.isprintable() else ascii(name)
    return shown if len(shown) <= _LONG else f"{shown[:_LONG]}…"


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long, or one that no file can have
        return False


def load_case(name_or_path: str) -> LoadedCase:
    """Load a case; see ``find_case`` for what may be named.

    Raises
    ------
    InputError
        With every fault of the file: line, key, what is wrong and what to do.

    """
    path = find_case(name_or_path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError.one(
            str(path), f"cannot be read ({error.strerror or error})", "Check its permissions."
        ) from error
    try:
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise InputError.one(str(path), "is not UTF-8 text", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError.one(str(path), f"is not TOML: {error}", "Correct that line.") from error
    except RecursionError:
        raise InputError.one(
            str(path), "nests lists or tables too deep", "Write it flat, as docs/case.md shows."
        ) from None
    try:
        case = Case.model_validate(raw)
    except ValidationError as error:
        details = _own(error.errors(include_url=False))
        raise InputError([_fault(path, text, detail) for detail in details]) from None
    _files_are_there(case, path, text)
    return LoadedCase(case, path.parent, (Source(path.name, sha256(data)),))


def _own(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out "too short" where a list is so only because its items are faulty."""
    return [
        one
        for one in details
        if one["type"] != "too_short"
        or not any(
            len(other["loc"]) > len(one["loc"]) and other["loc"][: len(one["loc"])] == one["loc"]
            for other in details
        )
    ]


def _fault(path: Path, text: str, detail: ErrorDetails) -> Fault:
    location = tuple(part for part in detail["loc"] if part != "function-after")
    line = line_of(text, location)
    key = _dotted(location)
    where = f"{path}, line {line}" if line else str(path)
    message = _MESSAGES.get(detail["type"]) or detail["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:].rstrip(".")
    given: Any = detail.get("input")
    if detail["type"] not in {"missing", "value_error"} and isinstance(given, str | int | float):
        message += f" (is {given!r})"
    return Fault(
        f"{where}: {key}" if key else where, message,
        _REMEDIES.get(detail["type"], "Correct the value; docs/case.md lists what is allowed."),
    )  # fmt: skip


def _dotted(location: tuple[str | int, ...]) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in location).lstrip(".")


def _files_are_there(case: Case, path: Path, text: str) -> None:
    wanted: list[tuple[tuple[str | int, ...], Path]] = [
        (("announcements",), each) for each in case.announcements
    ]
    wanted += case.files()
    wanted += [(("events",), case.events)] if case.events else []
    faults = [
        Fault(
            f"{path}, line {line_of(text, key)}: {_dotted(key)}",
            f"there is no file {_short(str(file))!r}",
            "Paths are relative to the case's folder.",
        )
        for key, file in wanted
        if not _is_file(file if file.is_absolute() else path.parent / file)
    ]
    if faults:
        raise InputError(faults)
