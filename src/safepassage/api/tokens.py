"""Let people in by tokens: shown once, kept as hashes, expiring, revocable at once.

A token is ``sp1_ID_SECRET``; the secret is 256 random bits. The file of tokens holds its SHA-256:
who reads the file cannot use it. No name of a person is kept, only a code.
"""

from __future__ import annotations

import contextlib
import fcntl
import hmac
import json
import logging
import os
import re
import secrets
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepassage.api.rights import ROLES, Role
from safepassage.base.errors import Fault, InputError
from safepassage.base.files import read_at_most
from safepassage.base.provenance import stamp
from safepassage.ledger.screening import screen
from safepassage.ledger.store import now_utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "LASTS", "PUBLIC", "Access", "Caller", "Token", "new_token", "read_tokens", "revoke",
    "told_tokens",
]  # fmt: skip

_log = logging.getLogger(__name__)

LASTS = timedelta(days=7)
"""How long a token holds where nothing else is said: longer than a pause (an assumption)."""
LASTS_AT_MOST = timedelta(days=366)
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_CORRIDOR = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_TOKEN = re.compile(r"sp1_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_LARGEST = 4_000_000
_NOTHING = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """Hold what the file keeps of a token: never the token itself.

    ``corridors`` are those that a reporter may tell of; None for every other role.
    """

    id: str
    role: Role
    label: str
    corridors: tuple[str, ...] | None
    sha256: str
    made_at: str
    expires_at: str
    revoked_at: str | None = None

    def state(self, now: datetime) -> str:
        """Tell whether it is valid, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if now >= datetime.fromisoformat(self.expires_at) else "valid"


@dataclass(frozen=True, slots=True)
class Caller:
    """Say who asks: a role and a code; ``id`` is the token's, empty without one."""

    role: Role
    label: str
    corridors: tuple[str, ...] | None = None
    id: str = ""


PUBLIC = Caller("public", "public")


def new_token(
    path: Path, *, role: str, label: str, corridors: Iterable[str] = (), lasts: timedelta = LASTS,
    now: datetime | None = None,
) -> tuple[str, Token]:  # fmt: skip
    """Make a token and add it to the file of tokens, made where it is missing.

    Parameters
    ----------
    path
        The file.
    role, label
        Whom it is for: a role, and a code that stands as the source of a reporter's events.
    corridors
        Those that a reporter may tell of; at least one for a reporter, none for others.
    lasts
        How long it holds.
    now
        The clock, where not the machine's.

    Returns
    -------
    The token, which is not kept anywhere, and what the file keeps of it.

    Raises
    ------
    InputError
        With every fault of it, or if the file is none of tokens.

    """
    secret, token = _made(role, label, tuple(corridors), lasts, now or now_utc())
    with _held(path):
        tokens = read_tokens(path) if path.exists() else ()
        if any(each.label == label and each.state(now or now_utc()) == "valid" for each in tokens):
            raise InputError.one("--label", f"{label!r} has a valid token already",
                                 "Revoke that one, or take another code.")  # fmt: skip
        _write(path, (*tokens, token))
    return secret, token


def _made(
    role: str, label: str, corridors: tuple[str, ...], lasts: timedelta, now: datetime
) -> tuple[str, Token]:
    known = _checked(role, label, corridors, lasts)
    id_, random = secrets.token_hex(6), secrets.token_urlsafe(32)
    text = f"sp1_{id_}_{random}"
    token = Token(
        id=id_, role=known, label=label, corridors=corridors if role == "reporter" else None,
        sha256=_hash(text), made_at=_written(now), expires_at=_written(now + lasts),
    )  # fmt: skip
    return text, token


def _checked(role: str, label: str, corridors: tuple[str, ...], lasts: timedelta) -> Role:
    faults = []
    known = next((each for each in ROLES[1:] if each == role), None)
    if known is None:
        faults.append(Fault("--role", f"{role[:40]!r} is no role",
                            f"Take one of {', '.join(ROLES[1:])}."))  # fmt: skip
    if not _LABEL.fullmatch(label):
        faults.append(Fault("--label", f"{label!r} is no code", "Up to 40 letters, digits, '.', "
                            "'_' or '-', such as gate-2; never a name."))  # fmt: skip
    faults += [
        Fault("--label", f"looks like {what}", "Take a code that says nothing of a person.")
        for what in screen(label)
    ]
    faults += [
        Fault("--corridor", f"{each[:80]!r} is no corridor's id", "`safepassage map CASE` and the "
              "case's file tell them.")
        for each in corridors if not _CORRIDOR.fullmatch(each)
    ]  # fmt: skip
    if role == "reporter" and not corridors:
        faults.append(Fault("--corridor", "is missing", "Name each corridor that the reporter may "
                            "tell of."))  # fmt: skip
    if role != "reporter" and corridors:
        faults.append(Fault("--corridor", f"is not for a {role}", "Only reporters are kept to "
                            "corridors."))  # fmt: skip
    if not timedelta() < lasts <= LASTS_AT_MOST:
        faults.append(Fault("--days", "is not a time from now to a year",
                            "Make it as short as the work is."))  # fmt: skip
    if known is None or faults:
        raise InputError(faults)
    return known


def revoke(path: Path, which: str, *, now: datetime | None = None) -> tuple[Token, ...]:
    """Revoke the tokens of an id or a label; a server that runs refuses them at once.

    Raises
    ------
    InputError
        If there is none that is not revoked yet.

    """
    with _held(path):
        tokens = read_tokens(path)
        gone = {
            each.id: replace(each, revoked_at=_written(now or now_utc())) for each in tokens
            if which in {each.id, each.label} and each.revoked_at is None
        }  # fmt: skip
        if not gone:
            raise InputError.one(which[:80], "names no token that could be revoked",
                                 "`safepassage token list` names them.")  # fmt: skip
        _write(path, tuple(gone.get(each.id, each) for each in tokens))
    return tuple(gone.values())


def read_tokens(path: Path) -> tuple[Token, ...]:
    """Read what a file keeps of its tokens.

    Raises
    ------
    InputError
        If it cannot be read, or is none of tokens.

    """
    data = read_at_most(path, _LARGEST, what="a file of tokens", remedy="Start a new one.")
    try:
        held = json.loads(data)
        if held["kind"] != "access":
            raise ValueError  # noqa: TRY301 - all that is none is told alike
        return tuple(_read(each) for each in held["tokens"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError.one(str(path), "is no file of tokens",
                             "Name one that `safepassage token new` wrote.") from error  # fmt: skip


def _read(data: dict[str, Any]) -> Token:
    corridors = data["corridors"]
    token = Token(**{**data, "corridors": None if corridors is None else tuple(corridors)})
    moments = (token.made_at, token.expires_at, token.revoked_at or token.made_at)
    whole = (
        token.role in ROLES[1:]
        and re.fullmatch("[0-9a-f]{64}", token.sha256)
        and re.fullmatch("[0-9a-f]{12}", token.id)
        and (token.corridors is None) == (token.role != "reporter")
        and all(datetime.fromisoformat(each).utcoffset() is not None for each in moments)
    )
    if not whole:
        raise ValueError(token.id)
    return token


def told_tokens(tokens: Iterable[Token]) -> dict[str, Any]:
    """Give what is kept of tokens as the document that the file is."""
    return {
        **stamp("access", "1.0", (), ()),
        "tokens": [{name: getattr(each, name) for name in Token.__slots__} for each in tokens],
    }


class Access:
    """Tell who a token is of, by a file that others may change while it is read here.

    Parameters
    ----------
    path
        The file of tokens; it may be missing, and come later. None for none.

    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._mark: tuple[int, ...] | None = ()
        self._filed: dict[str, Token] = {}
        self._kept: dict[str, Token] = {}

    def add(
        self, *, role: Role, label: str, corridors: Iterable[str] = (), lasts: timedelta = LASTS
    ) -> str:
        """Make a token that is kept in memory alone, and ends with this program."""
        text, token = _made(role, label, tuple(corridors), lasts, now_utc())
        self._kept[token.id] = token
        return text

    def caller(self, text: str) -> Caller | None:
        """Tell who a token is of; None where it is none, expired or revoked."""
        found = _TOKEN.fullmatch(text)
        token = None if found is None else self._token(found[1])
        same = hmac.compare_digest(_hash(text), _NOTHING if token is None else token.sha256)
        if token is None or not same or token.state(now_utc()) != "valid":
            return None
        return Caller(token.role, token.label, token.corridors, token.id)

    def stands(self, caller: Caller) -> bool:
        """Tell whether the token that somebody came in by is still valid."""
        token = self._token(caller.id) if caller.id else None
        return not caller.id or (token is not None and token.state(now_utc()) == "valid")

    def _token(self, id_: str) -> Token | None:
        return self._kept.get(id_) or self._now().get(id_)

    def _now(self) -> dict[str, Token]:
        mark = self._changed()
        if mark != self._mark:
            self._mark = mark
            self._filed = {}  # whatever goes wrong: nobody comes in by it
            if mark is not None and self.path is not None:
                try:
                    self._filed = {each.id: each for each in read_tokens(self.path)}
                except InputError as error:
                    _log.error("No token of it is taken: %s", error)
        return self._filed

    def _changed(self) -> tuple[int, ...] | None:
        if self.path is None:
            return None
        try:
            seen = self.path.stat()
        except OSError:
            return None
        return (seen.st_mtime_ns, seen.st_ino, seen.st_size)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _write(path: Path, tokens: tuple[Token, ...]) -> None:
    """Put the file in place whole, readable by its owner alone."""
    text = json.dumps(told_tokens(tokens), indent=1) + "\n"
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise InputError.one(str(path), f"cannot be written ({error.strerror})",
                             "Check the name and the rights of its folder.") from error  # fmt: skip


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    """Let one program at a time change the file."""
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise InputError.one(str(path), f"its folder cannot be opened ({error.strerror})",
                             "Make the folder first, or mend the name.") from error  # fmt: skip
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
