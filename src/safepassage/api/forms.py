"""Hand out the field form of the case that is served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from safepassage.api.answers import refusals
from safepassage.api.guard import Refused
from safepassage.api.reading import desk_of
from safepassage.base.errors import Fault

if TYPE_CHECKING:
    from safepassage.api.desk import Desk

__all__ = ["router"]

router = APIRouter()

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_XML = "application/xml"
Language = Annotated[Literal["en", "ar"], Query(description="The language that it opens in.")]


def _file(kind: str) -> dict[int | str, dict[str, Any]]:
    content = {kind: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": "The form.", "content": content}, **refusals(422)}


@router.get("/api/forms/passage.xlsx", response_class=Response, responses=_file(_XLSX))
async def xlsform(request: Request, language: Language = "en") -> Response:
    """Give the form as XLSForm, to be uploaded to KoboToolbox or ODK Central."""
    desk = desk_of(request)
    form = await desk.reading(lambda: _form(desk, language))
    return _sent(form, _XLSX, "passage.xlsx")


@router.get("/api/forms/passage.xml", response_class=Response, responses=_file(_XML))
async def xform_(request: Request, language: Language = "en") -> Response:
    """Give the form as XForm, as ODK Collect reads it."""
    from safepassage.publish.forms import xform  # noqa: PLC0415

    desk = desk_of(request)
    form = await desk.reading(lambda: xform(_form(desk, language)))
    return _sent(form.encode(), _XML, "passage.xml")


def _form(desk: Desk, language: Literal["en", "ar"]) -> bytes:
    from safepassage.publish.forms import field_form  # noqa: PLC0415

    if desk.settings.case is None:
        raise Refused(404, Fault("case", "is not at this server: it serves a plan alone",
                                 "Make the form with `safepassage form CASE`."))  # fmt: skip
    return field_form(desk.settings.case.case, exercise=desk.exercise, language=language)


def _sent(form: bytes, kind: str, name: str) -> Response:
    return Response(
        form, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
