"""Define the commands for the hours of the pause: the form, the room, the situation."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

__all__ = ["form", "serve", "situation"]

Json = Annotated[bool, Parameter(name="--json", negative="")]
Flag = Parameter(negative="")


def form(
    case: str, /, *, to: str, language: str = "en", exercise: Annotated[bool, Flag] = False
) -> None:
    """Make the form for counts and incidents that field teams fill in KoboToolbox or ODK.

    It asks for no name, phone, position or picture. docs/field-forms.md says how to give it out,
    and how its answers come into a ledger.

    Parameters
    ----------
    case
        A built-in case's name, or a folder with case.toml: its corridors can be chosen.
    to
        FILE.xlsx for an XLSForm, FILE.xml for an XForm.
    language
        The language that it opens in, en or ar; it holds both.
    exercise
        Mark it as an exercise's.

    """
    from safepassage.cli.form import run_form  # noqa: PLC0415

    run_form(case, to=to, language=language, exercise=exercise)


def serve(
    case: str,
    /,
    *,
    port: int = 8000,
    ledger: Annotated[str | None, Parameter(name="--ledger")] = None,
    plan: Annotated[str | None, Parameter(name="--plan")] = None,
    access: str | None = None,
    host: str = "127.0.0.1",
    behind_proxy: str | None = None,
    proxy_address: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    tls_certificate: str | None = None,
    tls_key: str | None = None,
) -> None:
    """Open the operations room: a live map of the pause, and its ledger, in the browser.

    Plans the case, makes the ledger if it is not there, and prints the link to open. Nothing
    beyond this machine can reach it unless --host says so, and then only with TLS or behind a
    proxy that encrypts. docs/server.md tells who may do what.

    Parameters
    ----------
    case
        A built-in case's name, or a folder with case.toml.
    port
        Where to listen; 0 takes a free one.
    ledger
        The ledger's file, or postgresql://USER@HOST/DATABASE; CASE.ledger here if not given.
    plan
        A folder that `safepassage plan` wrote: its plan.json is the plan to follow.
    access
        The file of tokens, as `safepassage token` keeps it; beside the ledger if not given.
    host
        The address to listen on; beyond 127.0.0.1 only with TLS or a proxy.
    behind_proxy
        The origin that people type, such as https://room.example.org, served by a proxy.
    proxy_address
        The address that the proxy asks from, if not this machine's; may be repeated.
    tls_certificate
        A certificate in PEM; needs --tls-key.
    tls_key
        Its key in PEM.

    """
    from safepassage.cli.serve import Reached, run_serve  # noqa: PLC0415

    reached = Reached(
        host=host, port=port, behind_proxy=behind_proxy, proxy_address=proxy_address,
        tls_certificate=tls_certificate, tls_key=tls_key,
    )  # fmt: skip
    run_serve(case, ledger=ledger, plan=plan, access=access, reached=reached)


def situation(
    where: Annotated[str, Parameter(name="LEDGER")],
    /,
    *,
    case: str,
    at: str | None = None,
    as_json: Json = False,
) -> None:
    """Tell what is happening: people out by corridor and hour, states, alarms, as a ledger knew it.

    Works with no connection and no map. Example:
    `safepassage situation pause.ledger --case safepassage-aleppo-2016-11-04/plan.json --at 12:00`

    Parameters
    ----------
    where
        A ledger, or its export as JSON Lines (.jsonl).
    case
        The plan.json that `safepassage plan` wrote, or its folder; or a case, where there is no
        plan to hold the day against.
    at
        As known at this time, such as 2016-11-04T12:00 on the clock of the case, or 12:00; now
        if not given, in an exercise when it last heard of anything.
    as_json
        Print JSON.

    """
    from safepassage.cli.situation import run_situation  # noqa: PLC0415

    run_situation(where, case=case, at=at, as_json=as_json)
