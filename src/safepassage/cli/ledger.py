"""Define `verify` and the commands of `ledger`: what happens, written down once."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from cyclopts import App, Parameter

from safepassage.base.errors import Fault, InputError
from safepassage.base.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.ledger.events import Signature
    from safepassage.ledger.merge import Merged
    from safepassage.ledger.verify import Verdict

__all__ = ["ledger", "verify"]

ledger = App(
    name="ledger",
    help="Keep the record of a pause: make it, sign how it stands, bring events in and out.\n\n"
    "A ledger is one file, or a PostgreSQL database named by its address. Entries "
    "are added and never changed; each carries the hash of the one "
    "before. Begin with `safepassage ledger key` and `safepassage ledger new`, hand out signed "
    "checkpoints as it grows, and anybody can `safepassage verify` it. docs/ledger.md says what "
    "it promises and what it does not do.",
    help_format="plaintext",
)

Flag = Parameter(negative="")
Many = Parameter(negative="")
Json = Annotated[bool, Parameter(name="--json", negative="")]


def verify(
    where: Annotated[str, Parameter(name="LEDGER")],
    /,
    *,
    against: str | None = None,
    key: str | None = None,
    as_json: Json = False,
) -> None:
    """Verify a ledger: name the first altered entry, or say that it is whole.

    By itself, a ledger shows any change to a stored value. An end that was cut off, or a chain
    made anew by whoever holds the file, shows only against a checkpoint that others hold.
    Example: `safepassage verify pause.ledger --against noon.checkpoint.json`

    Parameters
    ----------
    where
        A ledger, or its export as JSON Lines (.jsonl).
    against
        A checkpoint's file, made earlier by `safepassage ledger checkpoint` and held elsewhere.
    key
        The public key that the checkpoint must be signed by, as its owner told it to you.
    as_json
        Print JSON.

    """
    from safepassage.base.provenance import stamp  # noqa: PLC0415
    from safepassage.cli.progress import print_json  # noqa: PLC0415
    from safepassage.ledger.checkpoints import read_checkpoint  # noqa: PLC0415
    from safepassage.ledger.opening import open_record  # noqa: PLC0415
    from safepassage.ledger.verify import verify as found_in  # noqa: PLC0415

    _refuse_odd(where, against, key)
    if key is not None and against is None:
        raise InputError.one("--key", "says who must have signed a checkpoint",
                             "Name the checkpoint with --against.")  # fmt: skip
    mark = read_checkpoint(against) if against else None
    with open_record(where) as record:
        verdict = found_in(record, mark, key=(key or "").lower())
    if as_json:
        print_json({**stamp("ledger verification", "1.0", (), ()), **verdict.as_json()})
    if not verdict.whole:
        raise InputError(
            Fault(where, str(each), "Keep the file as it is, and compare copies and exports.")
            for each in verdict.findings
        )
    if not as_json:
        _tell("\n".join(_whole(verdict, exercise=record.head.exercise, key=key)))


def _whole(verdict: Verdict, *, exercise: bool, key: str | None) -> Iterator[str]:
    if exercise:
        yield "EXERCISE"
    gone = f", {verdict.withdrawn} of them withdrawn" if verdict.withdrawn else ""
    yield f"Whole: {_entries(verdict.entries)}{gone}, each follows from the one before."
    mark = verdict.checkpoint
    if mark is None:
        yield "A cut-off end would not show: hold it --against a checkpoint kept elsewhere."
        return
    yield f"The first {_entries(mark.sequence)} are those that stood at {mark.made_at}."
    if key is None:
        yield f"The checkpoint is signed by {mark.key}: is that the key its owner told you?"


@ledger.command
def key(file: Annotated[str, Parameter(name="FILE")], /) -> None:
    """Make a signing key, and print its public half to hand to others.

    Parameters
    ----------
    file
        A new file, readable by you alone. Keep it apart from the ledger: who has it signs as you.

    """
    from safepassage.ledger.checkpoints import make_key  # noqa: PLC0415

    _refuse_odd(file)
    _tell(make_key(file))


@ledger.command
def new(
    file: Annotated[str, Parameter(name="FILE")],
    /,
    *,
    administrator: Annotated[tuple[str, ...], Many] = (),
    exercise: Annotated[bool, Flag] = False,
) -> None:
    """Make a new, empty ledger.

    Parameters
    ----------
    file
        The new file, or postgresql://USER@HOST/DATABASE; nothing is overwritten.
    administrator
        The public key of an administrator; may be repeated. Any two of them can withdraw a payload
        that names someone; with fewer than two, nobody ever can.
    exercise
        Mark it as a rehearsal's, for good.

    """
    from safepassage.ledger.opening import make_ledger  # noqa: PLC0415

    _refuse_odd(file, *administrator)
    with make_ledger(file, administrators=administrator, exercise=exercise) as made:
        _tell(f"{'EXERCISE ' * exercise}Ledger {made.head.ledger} in {made.name}.")
        if len(administrator) < 2:
            _tell("No two administrators are named: nothing in it can ever be withdrawn.")


@ledger.command
def checkpoint(
    where: Annotated[str, Parameter(name="LEDGER")], /, *, key: str, to: str | None = None
) -> None:
    """Sign how a ledger stands now, for others to hold.

    The more hands hold one, and the further from the ledger, the more it shows.

    Parameters
    ----------
    where
        The ledger.
    key
        The file of a key that `safepassage ledger key` made.
    to
        File to write; printed if not given.

    """
    from safepassage.base.files import write_together  # noqa: PLC0415
    from safepassage.ledger.checkpoints import checkpoint as signed  # noqa: PLC0415
    from safepassage.ledger.checkpoints import read_key  # noqa: PLC0415
    from safepassage.ledger.merge import refuse_altered  # noqa: PLC0415
    from safepassage.ledger.opening import open_ledger  # noqa: PLC0415

    _refuse_odd(where, key, to)
    secret = read_key(key)
    with open_ledger(where, read_only=True) as store:
        refuse_altered(store)
        made = signed(store, secret)
    text = json.dumps(made.as_json(), ensure_ascii=False, indent=1) + "\n"
    if to is None:
        _tell(text.rstrip("\n"))
        return
    write_together(Path(to).parent, {Path(to).name: text})
    _tell(f"{to}: {_entries(made.sequence)}, signed by {made.key}. Hand it to others.")


@ledger.command
def export(
    where: Annotated[str, Parameter(name="LEDGER")], /, *, to: Annotated[tuple[str, ...], Many]
) -> None:
    """Write a ledger as JSON Lines, all of it with its chain, or as CSV with HXL tags.

    Both hold the events in full: hand them on as you would hand on the ledger.

    Parameters
    ----------
    where
        The ledger.
    to
        FILE.jsonl or FILE.csv; may be repeated.

    """
    from safepassage.ledger.opening import bring_out  # noqa: PLC0415

    _refuse_odd(where, *to)
    for path in bring_out(where, *(Path(name) for name in to)):
        _tell(str(path))


@ledger.command(name="import")
def import_(
    source: Annotated[str, Parameter(name="SOURCE")],
    where: Annotated[str, Parameter(name="LEDGER")],
    /,
) -> None:
    """Bring an export, a table of events or another ledger into a ledger.

    Two ledgers kept apart without a connection become one: each event counts once. Where one id
    stands for two events, both are kept where they are, and told. A JSON Lines export makes the
    same ledger again where LEDGER is not there yet.

    Parameters
    ----------
    source
        An export (.jsonl), a table (.csv; columns in docs/ledger.md), or another ledger.
    where
        The ledger that it goes into; made if it is not there.

    """
    from safepassage.ledger.opening import bring_in  # noqa: PLC0415

    _refuse_odd(source, where)
    merged = bring_in(source, where)
    _tell("\n".join(_merged(merged)))
    if merged.conflicts or merged.refused:
        raise InputError([
            *(Fault(f"event {id_}", "is another event in this ledger; it was left out",
                    "Compare the two, and send what is missing under an id of its own.")
              for id_ in merged.conflicts),
            *merged.refused,
        ])  # fmt: skip


def _merged(merged: Merged) -> Iterator[str]:
    yield f"{counted(merged.added, 'event')} added, {merged.already} there already."
    for id_ in merged.withdrawn:
        yield (
            f"Event {id_} was withdrawn from one of the two; where it stands, its administrators "
            "must withdraw it, too."
        )


@ledger.command
def withdraw(
    where: Annotated[str, Parameter(name="LEDGER")],
    event: Annotated[str, Parameter(name="EVENT")],
    /,
    *,
    reason: str,
    key: Annotated[tuple[str, ...], Many] = (),
    signature: Annotated[tuple[str, ...], Many] = (),
) -> None:
    """Withdraw the payload of an event that names someone; two administrators sign together.

    With one key only, it prints that administrator's signature for the other to give, and
    withdraws nothing. A tombstone stays, and the chain stays whole; copies and exports made
    before keep what they hold.

    Parameters
    ----------
    where
        The ledger.
    event
        The event's id.
    reason
        Why, without naming anybody: the same words for both.
    key
        An administrator's key file; may be repeated.
    signature
        What the other administrator's run printed, KEY:SIGNATURE.

    """
    from safepassage.ledger.checkpoints import read_key  # noqa: PLC0415
    from safepassage.ledger.opening import open_ledger  # noqa: PLC0415
    from safepassage.ledger.withdraw import sign_withdrawal  # noqa: PLC0415
    from safepassage.ledger.withdraw import withdraw as withdrawn  # noqa: PLC0415

    _refuse_odd(where, *key)
    try:
        id_ = UUID(event)
    except ValueError:
        raise InputError.one("EVENT", f"{event[:80]!r} is no event's id",
                             "Give the UUID that it was sent under.") from None  # fmt: skip
    keys = [read_key(name) for name in key]
    given = [_signature(each) for each in signature]
    with open_ledger(where) as store:
        signatures = [*given, *(sign_withdrawal(store, id_, reason, each) for each in keys)]
        if len(signatures) == 1 and keys:
            _tell(str(signatures[0]))
            return
        receipt = withdrawn(store, id_, reason, signatures)
    _tell(f"Withdrawn; entry {receipt.sequence} stands for it. Have copies and exports erased.")


def _signature(text: str) -> Signature:
    from safepassage.ledger.checkpoints import read_signature  # noqa: PLC0415

    return read_signature(text, "--signature")


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def _refuse_odd(*names: str | None) -> None:
    from safepassage.cli.parse import refuse_odd_names  # noqa: PLC0415

    refuse_odd_names(*(("a name", name) for name in names))


def _tell(text: str) -> None:
    from safepassage.base.signs import without_controls  # noqa: PLC0415
    from safepassage.cli.progress import telling  # noqa: PLC0415

    with telling():
        sys.stdout.write(without_controls(text) + "\n")
