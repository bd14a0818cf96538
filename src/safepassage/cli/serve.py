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

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from safepassage.api.desk import Settings
    from safepassage.api.front import Front
    from safepassage.base.progress import Progress
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
    from safepassage.ledger.opening import make_ledger  # noqa: PLC0415

    refuse_odd_names(("the case", case), ("--ledger", ledger), ("--plan", plan),
                     ("--access", access))  # fmt: skip
    front = _front(reached)
    loaded = load_case(case)
    where = ledger if ledger is not None else f"{loaded.case.id}.ledger"
    listening = bound(reached.host, reached.port)
    try:
        there = _ledger_is_there(where)
        settings = _settings(loaded, where, plan, access, front)
        if not there:
            make_ledger(where).close()
        alone = is_loopback(reached.host) and reached.behind_proxy is None
        lines = _told(settings, listening, where, made=not there, alone=alone)
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


def _ledger_is_there(where: str) -> bool:
    """Tell whether there is a ledger; what is something else is refused before any planning."""
    from safepassage.ledger.opening import is_there, open_ledger  # noqa: PLC0415

    there = is_there(where)
    if there:
        open_ledger(where).close()
    return there


def _beside(where: str, case: str, end: str) -> Path:
    """Name what is kept beside a ledger; here, under the case's name, where that is a database."""
    return Path(f"{case if '://' in where else where}.{end}")


def _settings(
    loaded: LoadedCase, where: str, plan: str | None, access: str | None, front: Front
) -> Settings:
    from safepassage.api.desk import Settings  # noqa: PLC0415
    from safepassage.api.tokens import Access  # noqa: PLC0415
    from safepassage.base.provenance import sha256  # noqa: PLC0415
    from safepassage.publish.tables import plan_json  # noqa: PLC0415

    case = loaded.case.id
    made, map_ = None, None
    with shown() as progress:
        if plan is None:
            from safepassage.plan import plan as planned  # noqa: PLC0415

            made = planned(loaded, progress=progress)
            document, map_ = made.as_json(), made.map_json()
            text = plan_json(document)
        else:
            text, document = _read_plan(Path(plan) / "plan.json", case)
            map_ = _map(loaded, progress)
    return Settings(
        plan=document, plan_sha256=sha256(text), map=map_, made=made, case=loaded, ledger=where,
        plans=_beside(where, case, "plans"), key=_key(_beside(where, case, "key")), front=front,
        apart=True,
        access=Access(Path(access) if access is not None else _beside(where, case, "access")),
    )  # fmt: skip


def _map(loaded: LoadedCase, progress: Progress) -> dict[str, Any]:
    """Draw the city of a case whose plan was made before."""
    from safepassage.city.drawing import drawn_city, zone_areas_of  # noqa: PLC0415
    from safepassage.plan.setting import prepare  # noqa: PLC0415

    city = prepare(loaded, progress=progress).city
    return {**drawn_city(city), "zone_areas": zone_areas_of(city)}


def _key(path: Path) -> Ed25519PrivateKey:
    """Read the key that this server signs checkpoints with; make it if it is not there."""
    from safepassage.ledger.checkpoints import make_key, read_key  # noqa: PLC0415

    if not path.exists():
        make_key(path)
    return read_key(path)


def _read_plan(path: Path, case: str) -> tuple[str, dict[str, Any]]:
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
    return data.decode(), dict(document)


def _told(
    settings: Settings, listening: socket.socket, where: str, *, made: bool, alone: bool
) -> list[str]:
    from safepassage.ledger.checkpoints import public_key  # noqa: PLC0415

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
        if settings.front.proxies:
            lines.append(f"It listens on {address} for the proxy.")
    lines += [
        f"Others come in by tokens: safepassage token new --access {settings.access.path} --help",
        "Without a token people see the public's page: rounded, and at least an hour old.",
        *([f"Checkpoints are signed by {public_key(settings.key)}."] if settings.key else []),
        "No address, device or position is logged or kept. Stop it with Ctrl-C.",
    ]
    return lines


def _say(lines: list[str]) -> None:
    from safepassage.base.signs import without_controls  # noqa: PLC0415

    with telling():
        sys.stdout.write(without_controls("\n".join(lines)) + "\n")
