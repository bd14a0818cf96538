"""Fetch files over HTTP: politely, only when asked, kept on disk, never half of one."""

from __future__ import annotations

import errno
import http.client
import logging
import os
import re
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from platformdirs import user_cache_path

from safepassage.base.errors import InputError
from safepassage.base.progress import Progress, silent
from safepassage.base.provenance import tool_version

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Server", "cache_folder", "fetched"]

_log = logging.getLogger(__name__)

TRIES = 4
TIMEOUT_S = 200.0
"""Longer than an Overpass server works on a question."""
FIRST_WAIT_S, LONGEST_WAIT_S = 5.0, 120.0
"""The wait doubles; a server that asks for more than the longest is told of instead."""
_LATER = {429, 502, 503, 504}  # too many requests, or too busy for now
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO, errno.EROFS}
_CHUNK = 1 << 20
SLOWEST_BYTES_PER_S = 100.0
"""A server slower than this over ``TIMEOUT_S`` is taken for one that does not answer."""
MOST_BYTES = 4 * 1024**3
"""More is no answer of an Overpass server, and no list."""
_OFFLINE = (
    "Without a connection, give a file: city.streets in case.toml, or --streets. "
    "An OpenStreetMap extract can be carried on a stick."
)


@dataclass(frozen=True, slots=True)
class Server:
    """Say how long to bear with a server; ``sleep`` lets tests pass the time."""

    tries: int = TRIES
    timeout_s: float = TIMEOUT_S
    sleep: Callable[[float], None] = time.sleep


def cache_folder() -> Path:
    """Give the folder that fetched files are kept in: ``SAFEPASSAGE_CACHE``, or the user's."""
    return Path(os.environ.get("SAFEPASSAGE_CACHE") or user_cache_path("safepassage")) / "maps"


def fetched(
    url: str,
    name: str,
    *,
    body: bytes | None = None,
    most: int = MOST_BYTES,
    check: Callable[[Path], str] = lambda path: "",  # noqa: ARG005
    server: Server | None = None,
    progress: Progress = silent,
) -> Path:
    """Give the file behind an address, from disk if it was fetched before.

    Parameters
    ----------
    url, body
        What is asked; with a body it is sent by POST.
    name
        What the file is called on disk; a mark of the question is put before its ending.
    most
        An answer longer than this is broken off [bytes].
    check
        Says what is wrong with a file that came, or nothing; a wrong one is not kept.
    server
        How long to bear with it.
    progress
        Is told what is waited for.

    Raises
    ------
    InputError
        If there is no connection, the server refuses or stays busy, or what came is not
        what was asked for.

    """
    server = server or Server()
    host = urlsplit(url).hostname
    if urlsplit(url).scheme not in {"http", "https"} or not host:
        raise InputError.one(url, "is no address of a server", "Give one with http or https.")
    mark = sha256(url.encode() + b"\0" + (body or b"")).hexdigest()[:12]
    stem, dot, ending = name.partition(".")
    path = cache_folder() / f"{stem[:60]}-{mark}{dot}{ending}"
    if path.is_file():
        _log.info("%s was fetched before", path)
        return path
    request = Request(url, data=body, headers={"User-Agent": f"safepassage/{tool_version()}"})  # noqa: S310
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".coming-", dir=path.parent)
    except OSError as error:
        raise InputError.one(
            str(path.parent), f"cannot be written ({error.strerror})",
            "Name another folder with SAFEPASSAGE_CACHE.",
        ) from error  # fmt: skip
    try:
        with os.fdopen(handle, "wb") as file:
            _insist(request, file, most, host, server, progress)
        if wrong := check(Path(beside)):
            raise InputError.one(host, wrong, f"Try later, or another server. {_OFFLINE}")
        Path(beside).replace(path)
    except OSError as error:
        raise InputError.one(
            str(path), f"cannot be written ({error.strerror or error})",
            "Free some space, or name another folder with SAFEPASSAGE_CACHE.",
        ) from error  # fmt: skip
    finally:
        Path(beside).unlink(missing_ok=True)
    return path


def _insist(
    request: Request, file: BinaryIO, most: int, host: str, server: Server, progress: Progress
) -> None:
    """Ask until the server answers, waiting longer each time, or as long as it says."""
    reason = ""
    for attempt in range(server.tries):
        file.seek(0)
        file.truncate()
        progress(f"Asking {host}", None)
        try:
            _take(request, file, most, host, server, progress)
        except (OSError, http.client.HTTPException) as error:
            reason, wait = _worth_a_wait(error, host)
        else:
            return
        wait = max(wait, FIRST_WAIT_S * 2**attempt)
        if wait > LONGEST_WAIT_S:
            raise InputError.one(
                host, f"{reason}, and asks to wait for {wait:,.0f} seconds",
                f"Ask again then, or another server. {_OFFLINE}",
            )  # fmt: skip
        if attempt + 1 < server.tries:
            progress(f"{host} {reason}; asking again in {wait:.0f} s", None)
            server.sleep(wait)
    raise InputError.one(
        host, f"{reason}, {server.tries} times", f"Try later, or another server. {_OFFLINE}"
    )


def _worth_a_wait(error: Exception, host: str) -> tuple[str, float]:
    """Say what keeps a server from answering, and how long it asks to wait [s].

    Raises
    ------
    InputError
        If asking again is of no use.
    OSError
        If what came could not be written.

    """
    if isinstance(error, HTTPError):
        with error:
            said = " ".join(f"{error.code} {error.reason}".split())
            if error.code not in _LATER:
                raise InputError.one(host, f"refuses ({said})", _refused(error.code)) from error
            return f"is busy ({said})", _retry_after(error.headers.get("Retry-After"))
    if isinstance(error, URLError):
        if not isinstance(error.reason, TimeoutError):
            raise InputError.one(host, f"cannot be reached ({error.reason})", _OFFLINE) from error
        return "does not answer in time", 0.0
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        raise error
    return f"breaks off or does not answer ({str(error) or type(error).__name__})", 0.0


def _take(
    request: Request, file: BinaryIO, most: int, host: str, server: Server, progress: Progress
) -> None:
    """Write one answer to a file, whole or not at all."""
    since = time.monotonic()
    try:
        answer = urlopen(request, timeout=server.timeout_s)  # noqa: S310 - scheme is checked
    except ValueError as error:  # it leads on to an address that is none
        raise http.client.HTTPException(str(error)) from error
    with answer:
        length = answer.headers.get("Content-Length") or ""
        promised = int(length) if re.fullmatch(r"\d{1,18}", length) else 0
        come = 0
        while chunk := answer.read1(_CHUNK):
            come += len(chunk)
            if max(come, promised) > most:
                raise InputError.one(
                    host, f"answers with more than {most / 1e9:.1f} GB", f"Check its address. "
                    f"{_OFFLINE}",
                )  # fmt: skip
            file.write(chunk)
            took = time.monotonic() - since
            if took > server.timeout_s and come < SLOWEST_BYTES_PER_S * took:
                raise TimeoutError(f"{come:,} bytes in {took:.0f} seconds")
            progress(f"Fetching from {host}", come / promised if promised else None)
        if come < promised:
            raise http.client.IncompleteRead(b"", promised - come)


def _refused(code: int) -> str:
    if code in {401, 403}:
        return f"It may serve only some: set another server. {_OFFLINE}"
    return f"Check the server's address. {_OFFLINE}"


def _retry_after(text: str | None) -> float:
    """Read how long a server asks to wait, in seconds or as a date [s]."""
    if not text:
        return 0.0
    if re.fullmatch(r"\d{1,9}", text.strip()):
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
