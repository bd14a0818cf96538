"""Run replications: on this machine's cores, or on a Dask cluster, with the same result.

A replication depends on nothing but the task and its number, so it is the same wherever and
in whatever order it runs, and one that is lost with a worker is made again.
"""

from __future__ import annotations

import asyncio
import socket
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from safepassage.base.errors import InputError
from safepassage.city.memory import cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safepassage.forecast.outcome import Outcome

__all__ = ["Task", "batches", "on_cores", "on_dask", "reach"]

_BATCH = 8
"""Replications in a batch: a second or two of work in a large city, so that little is lost."""

_LOOK_S = 0.2
_TICK_S = 0.02
_CONNECT_S = 10
_ALONE_S = 60
"""How long a cluster may be without any worker before it is given up."""


class Task(Protocol):
    """Make one replication by its number; may be pickled."""

    def __call__(self, number: int) -> Outcome:
        """Make replication ``number``."""


def batches(numbers: Sequence[int], size: int = _BATCH) -> list[list[int]]:
    """Cut numbers into batches."""
    return [list(numbers[i : i + size]) for i in range(0, len(numbers), size)]


def _made(task: Task, numbers: list[int]) -> list[Outcome]:
    return [task(number) for number in numbers]


def on_cores(
    task: Task, numbers: Sequence[int], *, workers: int | None = None
) -> Iterator[list[Outcome]]:
    """Run on threads, whose kernels run outside Python's lock; batches come as they end."""
    many = min(workers or cores(), cores())
    pool = ThreadPoolExecutor(many)
    todo = iter(batches(numbers))
    running: set[Future[list[Outcome]]] = set()
    try:
        while True:
            while len(running) < 2 * many and (batch := next(todo, None)) is not None:
                running.add(pool.submit(_made, task, batch))
            if not running:
                return
            done, running = wait(running, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def on_dask(task: Task, numbers: Sequence[int], *, scheduler: str) -> Iterator[list[Outcome]]:
    """Run on a Dask cluster; a batch whose worker is lost is run again elsewhere.

    Parameters
    ----------
    scheduler
        Its address, such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    InputError
        If Dask is not installed, or no scheduler answers at the address.

    """
    try:
        from distributed import Client, as_completed  # noqa: PLC0415
    except ImportError as error:
        raise InputError.one(
            "--engine dask", "needs Dask, which is not installed",
            "Install safepassage with its extra: pip install 'safepassage[dask]'.",
        ) from error  # fmt: skip
    reach(scheduler)
    try:
        _greet(scheduler)
        client = Client(  # type: ignore[no-untyped-call]
            scheduler, timeout=_CONNECT_S, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise _silent(scheduler, "does not answer", "Start one with `dask scheduler`") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_CONNECT_S)
        except TimeoutError as error:
            raise _silent(scheduler, "has no workers", "Start some with `dask worker`") from error
        # made on the cluster, so that it can be made again where the worker that had it is lost
        shared = client.submit(_given, task, pure=False)
        waiting = {
            client.submit(_made, shared, batch, pure=False): batch for batch in batches(numbers)
        }
        ended: Any = as_completed(  # type: ignore[no-untyped-call]
            list(waiting), loop=client.loop
        )
        for future in _watched(ended, client, scheduler):
            batch = waiting.pop(future)
            yield _made(task, batch) if _lost(future) else future.result()
            future.release()


def reach(scheduler: str) -> None:
    """Refuse the address of a scheduler where nothing listens, before anything is made for it.

    Raises
    ------
    InputError
        If it is no address, nobody answers, or it speaks TLS and Dask has no certificates.

    """
    try:
        parts = urlsplit(scheduler if "://" in scheduler else f"tcp://{scheduler}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in {"tcp", "tls"}:
        raise _silent(scheduler, "is no address", "Write it as tcp://10.0.0.5:8786")
    try:
        socket.create_connection((host, port), timeout=_CONNECT_S).close()
    except (OSError, UnicodeError) as error:
        raise _silent(scheduler, "does not answer", "Start one with `dask scheduler`") from error
    if parts.scheme == "tls" and not _has_certificates():
        raise _silent(scheduler, "speaks TLS", "Set distributed.comm.tls in Dask's configuration")


def _has_certificates() -> bool:
    try:
        from distributed.security import Security  # noqa: PLC0415
    except ImportError:  # said by who needs it
        return True
    given: Any = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    return given.get("ssl_context") is not None


def _greet(scheduler: str) -> None:
    """Exchange greetings, which ``Client`` would wait for without end where no Dask listens."""
    from distributed.comm.core import connect  # noqa: PLC0415
    from distributed.security import Security  # noqa: PLC0415

    async def greet() -> None:
        given: Any = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
        comm: Any = await connect(  # type: ignore[no-untyped-call]
            scheduler, timeout=_CONNECT_S, **given
        )
        await comm.close()

    def timed() -> None:
        asyncio.run(asyncio.wait_for(greet(), _CONNECT_S))

    with ThreadPoolExecutor(1) as aside:  # a notebook's thread runs a loop already
        aside.submit(timed).result()


def _watched(ended: Any, client: Any, scheduler: str) -> Iterator[Any]:
    """Pass futures on as they end; say so where the scheduler or every worker is gone."""
    seen = looked = time.monotonic()
    while not ended.is_empty():
        if ended.has_ready():
            future = next(ended)
            if future.cancelled() and client.status != "running":
                raise _silent(scheduler, "went away", "Start it and run again")
            yield future
            seen = time.monotonic()
            continue
        time.sleep(_TICK_S)
        if time.monotonic() - looked < _LOOK_S:
            continue
        looked = time.monotonic()
        if client.status != "running":
            if looked - seen > _ALONE_S:
                raise _silent(scheduler, "went away", "Start it and run again")
        elif client.scheduler_info(n_workers=-1)["workers"]:
            seen = looked
        elif looked - seen > _ALONE_S:
            raise _silent(scheduler, "has lost all its workers", "Start some with `dask worker`")


def _given(task: Task) -> Task:
    return task


def _lost(future: Any) -> bool:
    """Tell whether the cluster gave a batch up because workers died under it."""
    from distributed import KilledWorker  # noqa: PLC0415

    return future.cancelled() or isinstance(future.exception(), KilledWorker)


def _silent(scheduler: str, what: str, remedy: str) -> InputError:
    return InputError.one(
        f"--scheduler {scheduler}", what, f"{remedy}, or check the address; what is done is kept."
    )
