"""Refuse a file that would not fit into memory, with what it would need."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from safepassage.base.errors import InputError

__all__ = ["NODE_BYTES", "POINT_BYTES", "Room", "cores", "free_memory", "room"]

POINT_BYTES = 500
"""Memory that a point of a street takes while streets are read and joined [bytes]: 471
measured over 36 copies of Helsinki, rounded up."""

NODE_BYTES = 100
"""Memory that a node of the place takes until its ways are known [bytes]: id, longitude and
latitude, 24 bytes, as they are read, joined and sorted, and their order, 8; rounded up."""


def cores() -> int:
    """Count the processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def free_memory() -> int | None:
    """Tell how much memory can be had [bytes], or None where the system does not tell."""
    found = []
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found += [int(line.split()[1]) * 1024 for line in lines if line[:13] == "MemAvailable:"]
    except OSError:
        pass
    group = Path("/sys/fs/cgroup")  # a container may have less than the machine
    try:
        most = (group / "memory.max").read_text(encoding="ascii").strip()
        used = int((group / "memory.current").read_text(encoding="ascii"))
        stat = dict(map(str.split, (group / "memory.stat").read_text("ascii").splitlines()))
        if most != "max":  # files that it has read lately are let go when memory is short
            found.append(max(0, int(most) - used + int(stat["inactive_file"])))
    except (OSError, ValueError, KeyError):
        pass
    found += _left_to_this_process()
    if not found and hasattr(os, "sysconf"):  # all there is, where nobody tells what is free
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return min(found, default=None)


def _left_to_this_process() -> list[int]:
    """Tell what a limit on this process leaves of it (``ulimit -v``), if there is one."""
    try:
        import resource  # noqa: PLC0415 - not on every system

        most = resource.getrlimit(resource.RLIMIT_AS)[0]
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError, ValueError):
        return []
    if most == resource.RLIM_INFINITY:
        return []
    return [max(0, most - pages * resource.getpagesize())]


def room(path: Path) -> Room:
    """Look how much memory is free as a file is opened."""
    return Room(path, free_memory())


@dataclass(frozen=True, slots=True)
class Room:
    """Hold the memory that was free when a file was opened."""

    path: Path
    free: int | None

    def holds(self, bytes_: float) -> bool:
        """Tell whether so much fits."""
        return self.free is None or bytes_ <= self.free

    def needs(self, bytes_: float, *, at_least: bool = False) -> None:
        """Refuse the file if it needs more than there is.

        Raises
        ------
        InputError
            With the memory it would need, and what to do instead.

        """
        if not self.holds(bytes_):
            more = "at least" if at_least else "about"
            raise self.refusal(f"{more} {bytes_ / 1e9:.1f} GB of memory")

    def refusal(self, needed: str = "more memory than there is") -> InputError:
        """Say that a file does not fit."""
        free = "" if self.free is None else f", and {self.free / 1e9:.1f} GB are free"
        return InputError.one(
            str(self.path), f"needs {needed}{free}",
            "Give the place alone: city.box or city.clip in case.toml, or a smaller extract.",
        )  # fmt: skip
