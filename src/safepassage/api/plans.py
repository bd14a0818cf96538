"""Keep the plans of a pause: the first, those adopted since, and what each leads one to expect."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

from safepassage.base.files import write_together
from safepassage.base.provenance import sha256
from safepassage.ledger.situation import Expected

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Plans"]


class Plans:
    """Hold plans by their hash, in memory and, where a folder is given, in files beside.

    Parameters
    ----------
    first
        The plan that is followed where the ledger names none that is known.
    first_sha256
        Of its ``plan.json``, where that was published.
    folder
        Where adopted plans are kept for the next start; made when it is needed.

    """

    def __init__(
        self, first: Mapping[str, Any], *, first_sha256: str = "", folder: Path | None = None
    ) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self.first = first_sha256 or sha256(_written(first))
        self._documents: dict[str, Mapping[str, Any]] = {self.first: first}
        self._expected: dict[str, Expected] = {}

    def known(self, sha: str | None) -> str:
        """Give the hash of the plan that is followed, where the ledger names this one or none."""
        if sha is None or (sha not in self._documents and not self._read(sha)):
            return self.first
        return sha

    def document(self, sha: str | None) -> Mapping[str, Any]:
        """Give a plan's document; the first one's where this one is not known."""
        return self._documents[self.known(sha)]

    def expected(self, sha: str | None) -> Expected:
        """Give what a plan leads one to expect."""
        known = self.known(sha)
        with self._lock:
            if known not in self._expected:
                self._expected[known] = Expected.of_document(self._documents[known], sha256=known)
            return self._expected[known]

    def keep(self, document: Mapping[str, Any]) -> str:
        """Keep a new plan, on disk before it is adopted; give its hash.

        Raises
        ------
        InputError
            If it cannot be written.

        """
        text = _written(document)
        sha = sha256(text)
        if self._folder is not None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_together(self._folder, {f"{sha}.json": text})
        self._documents[sha] = document
        return sha

    def _read(self, sha: str) -> bool:
        path = None if self._folder is None else self._folder / f"{sha}.json"
        if path is None or not path.is_file():
            return False
        text = path.read_text(encoding="utf-8")
        if sha256(text) != sha:  # it was altered since
            return False
        self._documents[sha] = json.loads(text)
        return True


def _written(document: Mapping[str, Any]) -> str:
    """Write a plan in the one way that is hashed."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
