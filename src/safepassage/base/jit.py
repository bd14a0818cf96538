"""Compile kernels with numba, kept in the user's cache folder and never in the package."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from platformdirs import user_cache_path

__all__ = ["cache_folder", "is_compiled", "jit"]

_log = logging.getLogger(__name__)


def _kernels() -> str:
    """Name the kernels as they are: numba does not see that one calls another that changed."""
    package = Path(__file__).parents[1]
    stamps = [
        (path.name, stat.st_size, stat.st_mtime_ns)
        for path in sorted(package.glob("*/kernel*.py"))
        for stat in (path.stat(),)
    ]
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:16]


def cache_folder() -> Path:
    """Give the folder that holds compiled kernels: the user's cache, else a temporary one."""
    above = Path(os.environ.get("NUMBA_CACHE_DIR") or user_cache_path("safepassage") / "numba")
    folder = above if above.name == _kernels() else above / _kernels()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    _log.warning("No cache can be kept in %s; kernels are compiled anew each time.", folder)
    return Path(tempfile.mkdtemp(prefix="safepassage-numba-"))


os.environ["NUMBA_CACHE_DIR"] = str(cache_folder())

import numba  # noqa: E402 - its cache folder must be named before it is imported

if TYPE_CHECKING:
    from collections.abc import Callable


def jit(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a kernel on its first call and keep the machine code on disk."""
    return cast("Callable[..., Any]", numba.njit(cache=True, nogil=True)(function))


def is_compiled(kernel: Callable[..., Any]) -> bool:
    """Tell whether a kernel is compiled: in this process, or on disk by an earlier one."""
    dispatcher = cast("Any", kernel)
    if dispatcher.signatures:
        return True
    index = Path(dispatcher._cache.cache_path)  # noqa: SLF001 - numba has no public way to ask
    stem = (
        f"{Path(dispatcher.py_func.__code__.co_filename).stem}.{dispatcher.py_func.__qualname__}-"
    )
    return any(path.name.startswith(stem) for path in index.glob("*.nbi"))
