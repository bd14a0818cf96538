"""Define the commands of `token`: who may come in, as what, until when."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.api.tokens import Token

__all__ = ["token"]

token = App(
    name="token",
    help="Let people into the operations room, and out of it.\n\n"
    "A token is shown once and kept as a hash. It is for a role and a code, never for a name; it "
    "expires, and a server that runs refuses it the moment it is revoked. docs/server.md says "
    "what each role may do.",
    help_format="plaintext",
)

Many = Parameter(negative="")
File = Annotated[str, Parameter(name="--access")]


@token.command
def new(
    *,
    access: File,
    role: str,
    label: str,
    corridor: Annotated[tuple[str, ...], Many] = (),
    days: float = 7,
    at: str | None = None,
) -> None:
    """Make a token, and print it once.

    Parameters
    ----------
    access
        The file of tokens; made if it is not there. `safepassage serve --access` names it.
    role
        reporter, coordinator or administrator.
    label
        A code, such as gate-2, which stands as the source of a reporter's events; never a name.
    corridor
        A corridor that a reporter may tell of, by its id; may be repeated.
    days
        How long it holds.
    at
        The server's address: the link that opens the page with this token is printed, too.

    """
    from safepassage.api.tokens import new_token  # noqa: PLC0415
    from safepassage.base.errors import InputError  # noqa: PLC0415

    _refuse_odd(access, role, label, at, *corridor)
    try:
        lasts = timedelta(days=days)
    except (OverflowError, ValueError):
        raise InputError.one("--days", "is no number of days", "Write 7.") from None
    text, made = new_token(
        Path(access),
        role=role,
        label=label,
        corridors=corridor,
        lasts=lasts,
    )
    page = "/report" if role == "reporter" else "/"
    _tell(text)
    if at is not None:
        _tell(f"{at.rstrip('/')}{page}#token={text}")
    sys.stderr.write(
        f"It holds until {made.expires_at} and is not shown again. Hand it over in person, or on a "
        "way that others cannot read.\n"
    )


@token.command(name="list")
def list_(*, access: File, as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
          ) -> None:  # fmt: skip
    """List the tokens of a file: for whom, until when; never the tokens themselves.

    Parameters
    ----------
    access
        The file of tokens.
    as_json
        Print JSON.

    """
    from safepassage.api.tokens import read_tokens, told_tokens  # noqa: PLC0415
    from safepassage.cli.progress import print_json, telling  # noqa: PLC0415

    _refuse_odd(access)
    tokens = read_tokens(Path(access))
    if as_json:
        with telling():
            print_json(told_tokens(tokens))
        return
    _tell("\n".join(_listed(tokens)))


def _listed(tokens: tuple[Token, ...]) -> Iterator[str]:
    from safepassage.ledger.store import now_utc  # noqa: PLC0415

    if not tokens:
        yield "No tokens."
    for each in tokens:
        corridors = "" if each.corridors is None else f", corridors {', '.join(each.corridors)}"
        until = each.revoked_at or each.expires_at
        yield f"{each.id}  {each.role} {each.label}, {each.state(now_utc())} {until}{corridors}"


@token.command
def revoke(which: Annotated[str, Parameter(name="ID")], /, *, access: File) -> None:
    """Revoke a token; a server that runs refuses it from now on, and ends what it watches.

    Parameters
    ----------
    which
        Its id or its label, as `safepassage token list` shows them.
    access
        The file of tokens.

    """
    from safepassage.api.tokens import revoke as revoked  # noqa: PLC0415

    _refuse_odd(which, access)
    for each in revoked(Path(access), which):
        _tell(f"Revoked: {each.id}, {each.role} {each.label}.")


def _refuse_odd(*names: str | None) -> None:
    from safepassage.cli.parse import refuse_odd_names  # noqa: PLC0415

    refuse_odd_names(*(("a name", name) for name in names))


def _tell(text: str) -> None:
    from safepassage.base.signs import without_controls  # noqa: PLC0415
    from safepassage.cli.progress import telling  # noqa: PLC0415

    with telling():
        sys.stdout.write(without_controls(text) + "\n")
