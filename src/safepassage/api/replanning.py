"""Make new plans on demand, for a person to adopt or discard; adopting is an event."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Body, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from safepassage.api.answers import Adopted, Discarded, MapTold, dumped, refusals
from safepassage.api.described import document_of
from safepassage.api.guard import Refused
from safepassage.api.reading import (
    At,
    caller_of,
    desk_of,
    json_response,
    moment_of,
    packed_response,
)
from safepassage.api.telling import adopted_in
from safepassage.base.errors import Fault, InputError
from safepassage.ledger.events import PlanAdopted
from safepassage.ledger.screening import screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.api.desk import Desk
    from safepassage.ledger.store import Receipt
    from safepassage.plan.replan import Replanner
    from safepassage.plan.replan_model import Replanned

__all__ = ["Proposals", "router"]

router = APIRouter()

FIRST = "first"
"""Names, among proposals, the plan that the server was started with."""


@dataclass(slots=True)
class _Proposal:
    id: str
    replaces: str
    reason: str
    replanned: Replanned
    document: dict[str, Any]
    state: Literal["open", "adopted", "discarded"] = "open"

    def told(self) -> bytes:
        return dumped({**self.document, "proposal": self.id, "state": self.state})


class Proposals:
    """Hold what plans anew, kept warm, and the latest proposal.

    Parameters
    ----------
    made
        Gives what plans anew; called once, beside all else. None where there is no case.

    """

    def __init__(self, made: Any) -> None:
        self._made = made
        self._warm: asyncio.Task[Replanner] | None = None
        self.busy = asyncio.Lock()
        self.latest: _Proposal | None = None

    def warm_up(self) -> None:
        """Begin to prepare."""
        if self._made is not None:
            self._warm = asyncio.create_task(asyncio.to_thread(self._made))

    async def stop(self) -> None:
        """Wait until nothing runs any more."""
        if self._warm is not None:
            await asyncio.gather(self._warm, return_exceptions=True)

    async def replanner(self) -> Replanner:
        """Give what plans anew, once it is ready.

        Raises
        ------
        Refused
            If this server serves a plan alone, without its case.

        """
        if self._warm is None:
            raise Refused(404, Fault("case", "is not at this server: it serves a plan alone",
                                     "Start it with the case."))  # fmt: skip
        return await asyncio.shield(self._warm)

    def open(self, id_: str) -> _Proposal:
        """Give a proposal that nobody has adopted or discarded.

        Raises
        ------
        Refused
            If there is none of that name, or it was.

        """
        found = self.latest
        if found is None or found.id != id_:
            raise Refused(404, Fault("proposal", "is not the latest one", "Make a new plan."))
        if found.state != "open":
            raise Refused(409, Fault("proposal", f"was {found.state} already", "Make a new plan."))
        return found


class Asked(BaseModel):
    """Why a new plan is asked for."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(max_length=300)] = ""


Id = Annotated[str, Path(max_length=40, description="The proposal's id.")]


@router.get("/api/plan", response_class=Response, responses={
    200: document_of("plan"), **refusals(422, 503)})  # fmt: skip
async def plan(request: Request, at: At = None) -> Response:
    """Give the plan in force, now or at a past minute: the one adopted last, or the first.

    Its hash is in the head ETag.
    """
    desk = desk_of(request)
    asked = moment_of(at, desk.clock())
    adopted = desk.adopted if asked is None else await desk.live.adopted_at(asked)
    sha = desk.plans.known(adopted)
    return await desk.reading(
        lambda: packed_response(request, dumped(desk.plans.document(sha)), ETag=f'"{sha}"')
    )


@router.get("/api/map", response_model=MapTold, responses=refusals())
async def map_(request: Request) -> Response:
    """Give the streets that the plan is drawn on."""
    found = desk_of(request).settings.map
    if found is None:
        raise Refused(404, Fault("map", "is not at this server", "Start it with the case."))
    return await desk_of(request).reading(lambda: packed_response(request, dumped(found)))


@router.post("/api/replan", response_class=Response, responses={
    200: document_of("proposal"), **refusals(408, 409, 413, 415, 422, 503)})  # fmt: skip
async def replan(request: Request, asked: Annotated[Asked | None, Body()] = None) -> Response:
    """Make a new plan from where people are now. Nothing changes until somebody adopts it."""
    desk, reason = desk_of(request), (asked or Asked()).reason.strip()
    if found := screen(reason):
        raise InputError([Fault("reason", f"holds what looks like {each}", "Take it out.")
                          for each in found])  # fmt: skip
    proposals = desk.proposals
    replanner = await proposals.replanner()
    async with proposals.busy:
        situation = await desk.live.fresh()
        replaces = desk.plans.known(adopted_in(situation))
        base = desk.plans.document(replaces)
        made, document = await desk.reading(lambda: _made(situation, base, replanner))
        proposals.latest = _Proposal(uuid4().hex, replaces, reason, made, document)
    return json_response(proposals.latest.told())


def _made(
    situation: Mapping[str, Any], base: Mapping[str, Any], replanner: Replanner
) -> tuple[Replanned, dict[str, Any]]:
    from safepassage.ledger.from_here import start_of  # noqa: PLC0415

    made = replanner.replan(start_of(situation, base, replanner), adopted_waves=base)
    return made, made.as_json()


@router.get("/api/replan/latest", response_class=Response, responses={
    200: document_of("proposal"), **refusals()})  # fmt: skip
async def latest(request: Request) -> Response:
    """Give the latest proposal, whatever became of it."""
    found = desk_of(request).proposals.latest
    if found is None:
        raise Refused(404, Fault("proposal", "there is none yet", "Make a new plan."))
    return json_response(found.told())


@router.post("/api/replan/{proposal}/adopt", response_model=Adopted,
             responses=refusals(408, 409, 413, 422, 503, 507))  # fmt: skip
async def adopt(request: Request, proposal: Id) -> Response:
    """Adopt a proposal: its plan is kept, then the event is written, and it is in force.

    `first` stands for the plan that the server was started with.
    """
    desk, caller = desk_of(request), caller_of(request)
    async with desk.proposals.busy:
        adopted = adopted_in(await desk.live.fresh())
        if proposal == FIRST:
            if adopted is not None and desk.plans.known(adopted) == desk.plans.first:
                raise Refused(409, Fault("proposal", "is in force already", "There is nothing to "
                                         "do."))  # fmt: skip
            receipt = await _adopt(desk, caller.label, desk.plans.first, adopted)
            return json_response(_adopted_told(FIRST, desk.plans.first, receipt))
        found = desk.proposals.open(proposal)
        if desk.plans.known(adopted) != found.replaces:
            raise Refused(409, Fault("proposal", "replaces a plan that is no longer in force",
                                     "Make a new plan."))  # fmt: skip
        sha = await desk.asking(lambda: desk.plans.keep(found.replanned.plan_document()))
        receipt = await _adopt(desk, caller.label, sha, found.replaces, found.reason)
        found.state = "adopted"
    return json_response(_adopted_told(found.id, sha, receipt))


async def _adopt(
    desk: Desk, label: str, sha: str, replaces: str | None, reason: str = ""
) -> Receipt:
    """Write that a plan is adopted."""
    now = desk.clock()
    (receipt,) = await desk.writer.append([PlanAdopted(
        id=uuid4(), happened_at=now, known_at=now, source=label, by=label, means="own action",
        status="verified", plan_sha256=sha, replaces_sha256=replaces, text=desk.marked(reason),
    )])  # fmt: skip
    with suppress(InputError):  # it is written, whatever can be read now
        await desk.live.fresh()
    return receipt


def _adopted_told(proposal: str, sha: str, receipt: Receipt) -> bytes:
    told = {"id": receipt.id, "sequence": receipt.sequence, "hash": receipt.hash,
            "outcome": receipt.outcome}  # fmt: skip
    return dumped({"proposal": proposal, "plan_sha256": sha, "receipt": told})


@router.post("/api/replan/{proposal}/discard", response_model=Discarded,
             responses=refusals(408, 409, 413, 422))  # fmt: skip
async def discard(request: Request, proposal: Id) -> Response:
    """Discard a proposal."""
    proposals = desk_of(request).proposals
    async with proposals.busy:
        found = proposals.open(proposal)
        found.state = "discarded"
    return json_response(dumped({"proposal": found.id, "state": found.state}))
