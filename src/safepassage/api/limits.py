"""Let nobody take more than their share: buckets of requests that fill again with time."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Buckets", "Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Hold what the server takes at most; all numbers are assumptions.

    An office or a camp may share one address, so addresses may do more with tokens than without.
    """

    per_token_s: float = 100
    per_token_burst: int = 300
    per_address_s: float = 1000
    per_address_burst: int = 2000
    public_per_s: float = 20
    """Requests a second from one address without a token."""
    public_burst: int = 200
    wrong_tokens_per_s: float = 0.1
    wrong_tokens_burst: int = 20
    connections_per_address: int = 600
    """Open at once; a stated proxy may hold any number."""
    head_s: float = 15
    """Seconds in which a request's head must have come."""
    head_bytes: int = 32 * 1024
    stuck_s: float = 30
    """Seconds after which whoever does not read an answer is let go."""
    body_bytes: int = 256 * 1024
    body_s: float = 15
    """Seconds in which a request's body must have come."""
    batch: int = 50
    """Events in one request."""
    waiting_events: int = 20_000
    """Events that wait to be written; more are told to come back."""
    watchers: int = 1000
    watchers_per_address: int = 300


class Buckets:
    """Hold one bucket for each key; the keys used longest ago are forgotten, and begin anew.

    Parameters
    ----------
    per_s, burst
        Requests a second in the long run, and at once.
    most
        Keys that are remembered.
    timer
        Gives seconds.

    """

    def __init__(
        self, per_s: float, burst: int, *, most: int = 20_000,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._per_s, self._burst, self._most, self._timer = per_s, burst, most, timer
        self._left: OrderedDict[str | bytes, tuple[float, float]] = OrderedDict()

    def wait_s(self, key: str | bytes) -> float:
        """Tell for how many seconds the bucket of a key stays empty; 0 where it is not."""
        left = self._filled(key, self._timer())
        return 0.0 if left >= 1 else (1 - left) / self._per_s

    def take(self, key: str | bytes) -> float:
        """Take one from the bucket of a key; tell the seconds to wait where it is empty."""
        now = self._timer()
        left = self._filled(key, now)
        if left < 1:
            return (1 - left) / self._per_s
        self._left[key] = (left - 1, now)
        self._left.move_to_end(key)
        if len(self._left) > self._most:
            self._left.popitem(last=False)
        return 0.0

    def _filled(self, key: str | bytes, now: float) -> float:
        left, at = self._left.get(key, (float(self._burst), now))
        return min(float(self._burst), left + (now - at) * self._per_s)
