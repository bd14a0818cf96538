"""Write files so that nobody ever finds half of one."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["alone_in", "read_at_most", "refuse_unwritable", "write_together"]


def read_at_most(path: Path, most_bytes: int, *, what: str, remedy: str) -> bytes:
    """Read a file that somebody names, a device or a pipe included, never more than so much.

    Parameters
    ----------
    path
        The file.
    most_bytes
        A longer one is refused.
    what, remedy
        What it ought to be, and what to do about one that is longer, for the message.

    Raises
    ------
    InputError
        If it cannot be read, or is too large.

    """
    try:
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)  # a device or pipe tells no size
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise InputError.one(
            str(path), f"cannot be read ({reason or error})", "Check the name of the table."
        ) from error
    if len(data) > most_bytes:
        raise InputError.one(str(path), f"is too large for {what}", remedy)
    return data


def refuse_unwritable(folder: Path) -> None:
    """Refuse, before long work is done for it, a folder that nothing can be written to.

    Parameters
    ----------
    folder
        It need not be there; what would hold it must be.

    Raises
    ------
    InputError
        If it, or what would hold it, is a file, may not be written to, or has no possible name.

    """
    try:
        near = next(each for each in (folder, *folder.absolute().parents) if each.exists())
        if not near.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(near, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError | ValueError) -> InputError:
    """Say why; a ValueError is a name that no file can have."""
    reason = error.strerror if isinstance(error, OSError) else None
    return InputError.one(
        ascii(str(folder))[1:-1] if not str(folder).isprintable() else str(folder),
        f"cannot be written ({reason or error})",
        "Name another folder with --to, or free some space.",
    )


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep another process of ours from changing a folder at the same time, where it can be."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with suppress(OSError):  # such as on a network disk without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_together(folder: Path, contents: Mapping[str, str | bytes]) -> list[Path]:
    """Write several files into a folder: all beside first, then renamed one by one.

    A failure before the renames leaves the folder as it was; what could make a rename
    fail, a folder of the same name, is looked for first.

    Parameters
    ----------
    folder
        Made if it is not there.
    contents
        File name → text (stored as UTF-8) or bytes; ``sub/name`` lies in a folder below.

    Raises
    ------
    InputError
        If the folder cannot be made or written to, or holds a folder of a file's name.

    """
    staged: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _nothing_in_the_way([folder / name for name in contents])
        for name, content in contents.items():
            data = content.encode("utf-8") if isinstance(content, str) else content
            final = folder / name
            final.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                final.lstat()  # a name too long fails here, not among the renames
            handle, beside = tempfile.mkstemp(prefix=f".{final.name[:60]}.", dir=final.parent)
            staged.append((beside, final))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).chmod(0o644)
        for beside, final in staged:
            Path(beside).replace(final)
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from error
    finally:
        for beside, _ in staged:
            Path(beside).unlink(missing_ok=True)
    return [final for _, final in staged]


def _nothing_in_the_way(finals: list[Path]) -> None:
    faults = [
        Fault(str(final), "is a folder, and a file of that name is to be written",
              "Name another folder with --to, or move that one away.")
        for final in finals
        if final.is_dir() and not final.is_symlink()
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
