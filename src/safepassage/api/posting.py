"""Post events to a server, as reporters and as whoever runs an exercise."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

from safepassage.api.front import is_loopback
from safepassage.base.errors import Fault, InputError
from safepassage.base.signs import without_controls
from safepassage.ledger.chain import Entry, Head, canonical
from safepassage.ledger.events import payload_of
from safepassage.ledger.rehearsal_frame import CONTROL
from safepassage.ledger.store import Recorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import httpx

    from safepassage.ledger.events import Event

__all__ = ["Posting"]

_BATCH: Final = 50
_TRIES, _PAUSE_S = 30, 1.0
_TIMEOUT_S = 30.0


class Posting:
    """Post events to a server, as reporters and as whoever runs the exercise.

    Parameters
    ----------
    url
        The server's address.
    control
        A coordinator's token.
    reporters
        Label → token. Who has none is posted for by the control.
    http
        What posts; made if not given.

    Raises
    ------
    InputError
        If the address is none, or would be sent a token in the clear.

    """

    def __init__(
        self, url: str, *, control: str, reporters: Mapping[str, str] | None = None,
        http: httpx.Client | None = None,
    ) -> None:  # fmt: skip
        import httpx  # noqa: PLC0415

        self.url = _address(url)
        self._http = http or httpx.Client(base_url=self.url, timeout=_TIMEOUT_S)
        self._tokens = {CONTROL: control, **(reporters or {})}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the connection go."""
        self._http.close()

    def me(self) -> dict[str, Any]:
        """Ask who the control is, whether it is an exercise, and what time it is there."""
        return self._asked("GET", "/api/me", CONTROL)

    def refuse_what_happens(self) -> None:
        """Go no further with a server whose ledger is not an exercise's, or without the right.

        Raises
        ------
        InputError
            With both faults.

        """
        me, faults = self.me(), []
        if me["exercise"] is not True:
            faults.append(Fault(self.url, "keeps the record of what happens, not an exercise's",
                                "Nothing was sent. Play into a server that "
                                "`safepassage rehearse` started."))  # fmt: skip
        if me["role"] not in {"coordinator", "administrator"}:
            faults.append(Fault("--token", f"is a {me['role']}'s", "Give a coordinator's."))
        if faults:
            raise InputError(faults)

    def refuse_another_case(self, case_id: str) -> None:
        """Go no further with a server of another case.

        Raises
        ------
        InputError
            If it serves another.

        """
        served = self._asked("GET", "/api/case", CONTROL)["case"]["id"]
        if served != case_id:
            raise InputError.one(self.url, f"serves another case ({served})",
                                 f"Nothing was sent. Rehearse {served}.")  # fmt: skip

    def send(self, sender: str, events: Sequence[Event]) -> None:
        """Post events of one sender, at most 50 at once; wait where the server is busy.

        Raises
        ------
        InputError
            With what the server refuses, or if it does not answer for half a minute.

        """
        who = sender if sender in self._tokens else CONTROL
        for start in range(0, len(events), _BATCH):
            batch = [payload_of(event) for event in events[start : start + _BATCH]]
            self._asked("POST", "/api/events", who, body={"events": batch})

    def record(self) -> Recorded:
        """Read the ledger of the server as it stands."""
        rows: list[Entry] = []
        after: int | None = 0
        while after is not None:
            page = self._asked("GET", f"/api/events?after={after}&limit=500", CONTROL)
            rows += map(_entry, page["events"])
            after = page["next"]
        told = self._asked("GET", "/api/situation", CONTROL)
        head = Head(ledger=told["ledger"]["id"], made_at="", exercise=told["exercise"])
        return Recorded(head, self.url, tuple(rows))

    def _asked(
        self, method: str, path: str, who: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        import httpx  # noqa: PLC0415

        heads = {"Authorization": f"Bearer {self._tokens[who]}"}
        why = ""
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_PAUSE_S)
            try:
                answer = self._http.request(method, path, headers=heads, json=body)
            except httpx.TransportError as error:
                why = f"does not answer ({type(error).__name__})"
                continue
            if answer.status_code not in {408, 429, 503}:
                return self._read(answer, path)
            why = f"is busy (status {answer.status_code})"
        raise InputError.one(self.url, why, "Check that it runs, and begin again.")

    def _read(self, answer: httpx.Response, path: str) -> dict[str, Any]:
        try:
            told: dict[str, Any] = answer.json()
            if answer.is_success:
                return told
            faults = [Fault(each["place"], each["what"], each["remedy"]) for each in told["faults"]]
        except (ValueError, KeyError, TypeError):
            faults = []
        raise InputError(faults or Fault(
            f"{self.url}{path.partition('?')[0]}", f"gave no answer of this program's "
            f"(status {answer.status_code})", "Name the address of its server.",
        ))  # fmt: skip


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:  # brackets that do not close
        parts, host = urlsplit(""), ""
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
        raise InputError.one(
            without_controls(url[:80]),
            "is no server's address",
            "Write it like http://127.0.0.1:8000.",
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise InputError.one(host, "would be sent a token unencrypted", "Write https://.")
    return url.rstrip("/")


def _entry(told: Mapping[str, Any]) -> Entry:
    event = told["event"]
    return Entry(
        sequence=told["sequence"], id=told["id"], received_at=told["received_at"], salt=None,
        payload=None if event is None else canonical(event), digest="", hash=told["hash"],
    )  # fmt: skip
