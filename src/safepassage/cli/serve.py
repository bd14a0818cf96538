"""Open the operations room: plan, ledger, address, and what to do next."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError
from safepassage.base.files import read_at_most
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import shown, telling

if TYPE_CHECKING:
    import socket

    from safepassage.api.desk import Settings
    from safepassage.api.front import Front
    from safepassage.case import LoadedCase

__all__ = ["Reached", "run_serve"]

_LARGEST = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Hold how the server is to be reached, as it was typed."""

    host: str
    port: int
    behind_proxy: str | None
    proxy_address: tuple[str, ...]
    tls_certificate: str | None
    tls_key: str | None


def run_serve(
    case: str, *, ledger: str | None, plan: str | None, access: str | None, reached: Reached
) -> None:
    """Open the room of a case, until it is told to stop."""
    from safepassage.api.front import is_loopback  # noqa: PLC0415
    from safepassage.api.server import bound, serve  # noqa: PLC0415
    from safepassage.case import load_case  # noqa: PLC0415

    refuse_odd_names(("the case", case), ("--ledger", ledger), ("--plan", plan),
                     ("--access", access))  # fmt: skip
    front = _front(reached)
    loaded = load_case(case)
    where = ledger if ledger is not None else f"{loaded.case.id}.ledger"
    listening = bound(reached.host, reached.port)
    try:
        made = _ledger(where)
        settings = _settings(loaded, where, plan, access, front)
        alone = is_loopback(reached.host) and reached.behind_proxy is None
        lines = _told(settings, listening, where, made=made, alone=alone)
        logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
        try:
            serve(settings, listening, certificate=_path(reached.tls_certificate),
                  key=_path(reached.tls_key), ready=lambda: _say(lines))  # fmt: skip
        except KeyboardInterrupt:
            raise KeyboardInterrupt("what was acknowledged is in the ledger") from None
    finally:
        listening.close()


def _path(name: str | None) -> Path | None:
    return None if name is None else Path(name)


def _front(reached: Reached) -> Front:
    from safepassage.api.front import front_of  # noqa: PLC0415

    return front_of(
        host=reached.host, port=reached.port, proxy=reached.behind_proxy,
        proxy_addresses=reached.proxy_address, certificate=_path(reached.tls_certificate),
        key=_path(reached.tls_key),
    )  # fmt: skip


def _ledger(where: str) -> bool:
    """Make the ledger if it is not there; tell whether it was made."""
    from safepassage.ledger.opening import is_there, make_ledger, open_ledger  # noqa: PLC0415

    if is_there(where):
        open_ledger(where).close()
        return False
    make_ledger(where).close()
    return True


def _settings(
    loaded: LoadedCase, where: str, plan: str | None, access: str | None, front: Front
) -> Settings:
    from safepassage.api.desk import Settings  # noqa: PLC0415
    from safepassage.api.tokens import Access  # noqa: PLC0415

    document, map_ = _planned(loaded, plan)
    beside = f"{loaded.case.id}.access" if "://" in where else f"{where}.access"
    return Settings(
        plan=document, map=map_, ledger=where, case=loaded, front=front,
        access=Access(Path(access if access is not None else beside)),
    )  # fmt: skip


def _planned(loaded: LoadedCase, folder: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    from safepassage.plan import plan as planned  # noqa: PLC0415

    document = None if folder is None else _read_plan(Path(folder) / "plan.json", loaded.case.id)
    with shown() as progress:
        plan = planned(loaded, progress=progress)
    return document or plan.as_json(), plan.map_json()


def _read_plan(path: Path, case: str) -> dict[str, Any]:
    data = read_at_most(path, _LARGEST, what="a plan", remedy="Name a folder of `plan`.")
    try:
        document = json.loads(data)
        if document["kind"] != "plan":
            raise ValueError  # noqa: TRY301 - all that is no plan is told alike
        named = document["case"]["id"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError.one(str(path), "is no plan",
                             "Name a folder that `safepassage plan` wrote.") from error  # fmt: skip
    if named != case:
        raise InputError.one(str(path), f"is a plan of {named!r}, and the case is {case!r}",
                             "Name the folder of this case's plan.")  # fmt: skip
    return dict(document)


def _told(
    settings: Settings, listening: socket.socket, where: str, *, made: bool, alone: bool
) -> list[str]:
    host, port = listening.getsockname()[:2]
    scheme = "https" if settings.front.tls else "http"
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
    lines = [f"Ledger {where}{' (new)' if made else ''}."]
    if alone:
        token = settings.access.add(role="coordinator", label="desk")
        lines += [
            f"The operations room is open: {address}/#token={token}",
            "That link makes whoever opens it coordinator, until this program ends.",
        ]
    else:
        origins = sorted(settings.front.origins) or [address]
        lines.append(f"The operations room is open: {', '.join(origins)}")
    lines += [
        f"Others come in by tokens: safepassage token new --access {settings.access.path} --help",
        "Without a token people see the public's page: rounded, and at least an hour old.",
        "No address, device or position is logged or kept. Stop it with Ctrl-C.",
    ]
    return lines


def _say(lines: list[str]) -> None:
    from safepassage.base.signs import without_controls  # noqa: PLC0415

    with telling():
        sys.stdout.write(without_controls("\n".join(lines)) + "\n")
