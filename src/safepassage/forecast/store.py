"""Keep replications in Parquet, so that what is done stays done.

While an ensemble runs, each batch is a file of its own, written whole or not at all; a run
that is started again with the same recipe and seed takes up what it finds.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import InputError
from safepassage.forecast.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

__all__ = ["Store", "read_outcomes", "table_of"]

_CURVES = ("out", "on_the_road", "queued")
_WHOLE = ("number", "inside", "willing", "came", "collapse_min", "incident_min", "caught")
_SHARES = ("share", "rates", "early", "late", "nearest")
_RECIPE = b"safepassage-recipe"


def table_of(outcomes: Iterable[Outcome], recipe: str) -> pa.Table:
    """Put replications into a table, a row each, curves as lists; ``recipe`` made them."""
    import pyarrow as pa  # noqa: PLC0415 - takes a while to load

    rows = sorted(outcomes, key=lambda each: each.number)
    fields = [pa.field(name, pa.int64()) for name in _WHOLE]
    fields += [pa.field(name, pa.float64()) for name in _SHARES]
    fields += [pa.field(name, pa.list_(pa.int32())) for name in _CURVES]
    schema = pa.schema(fields, metadata={_RECIPE: recipe.encode()})
    return pa.table({f.name: [getattr(row, f.name) for row in rows] for f in fields}, schema=schema)


def read_outcomes(path: Path, recipe: str) -> list[Outcome]:
    """Read replications back; none if they were made by another recipe or cannot be read."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        if (pq.read_schema(path).metadata or {}).get(_RECIPE) != recipe.encode():
            return []
        table = pq.read_table(path, page_checksum_verification=True)
    except (OSError, pa.ArrowException, UnicodeDecodeError):
        return []
    if not table.schema.equals(table_of((), recipe).schema):
        return []
    return [
        Outcome(**row | {name: np.array(row[name], np.int32) for name in _CURVES})
        for row in table.to_pylist()
    ]


class Store:
    """Keep batches of replications in ``folder``.

    Raises
    ------
    InputError
        If the folder cannot be made or written to; what is there stays.

    """

    def __init__(self, folder: Path, recipe: str) -> None:
        self.folder, self.recipe = folder, recipe
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._cannot(error) from error

    def done(self, finished: Path | None = None) -> dict[int, Outcome]:
        """Read every replication of this recipe that is there, in batches or a finished file."""
        found: dict[int, Outcome] = {}
        for path in [
            *sorted(self.folder.glob("batch-*.parquet")),
            *([finished] if finished else []),
        ]:
            found |= {each.number: each for each in read_outcomes(path, self.recipe)}
        return found

    def keep(self, outcomes: Sequence[Outcome]) -> None:
        """Write a batch: nobody ever finds half of one."""
        if outcomes:
            first = min(each.number for each in outcomes)
            self._write(self.folder / f"batch-{self.recipe[:8]}-{first:06d}.parquet", outcomes)

    def finish(self, path: Path, outcomes: Sequence[Outcome]) -> None:
        """Write all replications into one file and drop the batches."""
        self._write(path, outcomes)
        mine = f"batch-{self.recipe[:8]}-*.parquet"
        with suppress(OSError):  # another run may need the folder, or empty it first
            for batch in (*self.folder.glob(mine), *self.folder.glob(f".{mine}.*")):
                batch.unlink(missing_ok=True)
            self.folder.rmdir()

    def _write(self, path: Path, outcomes: Sequence[Outcome]) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415

        beside = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)  # another run may have tidied it away
            handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            os.close(handle)
            pq.write_table(table_of(outcomes, self.recipe), beside, compression="zstd",
                           write_page_checksum=True)  # fmt: skip
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except OSError as error:
            raise self._cannot(error, path) from error
        finally:
            if beside:
                Path(beside).unlink(missing_ok=True)

    def _cannot(self, error: OSError, path: Path | None = None) -> InputError:
        return InputError.one(
            str(path or self.folder), f"cannot be written ({error.strerror or error})",
            "Name another folder with --to, or free some space; what was done before stays.",
        )  # fmt: skip
