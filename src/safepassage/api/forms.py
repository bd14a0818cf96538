"""Hand out the field form of the case that is served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from safepassage.api.answers import refusals
from safepassage.api.guard import Refused
from safepassage.api.reading import desk_of
from safepassage.base.errors import Fault

if TYPE_CHECKING:
    from safepassage.case.model import Case

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
    from safepassage.publish.forms import field_form  # noqa: PLC0415

    desk, case = desk_of(request), _case(request)
    form = await desk.reading(lambda: field_form(case, exercise=desk.exercise, language=language))
    return _sent(form, _XLSX, "passage.xlsx")


@router.get("/api/forms/passage.xml", response_class=Response, responses=_file(_XML))
async def xform(request: Request, language: Language = "en") -> Response:
    """Give the form as XForm, as ODK Collect reads it."""
    from safepassage.publish.forms import field_xform  # noqa: PLC0415

    desk, case = desk_of(request), _case(request)
    form = await desk.reading(lambda: field_xform(case, exercise=desk.exercise, language=language))
    return _sent(form.encode(), _XML, "passage.xml")


def _case(request: Request) -> Case:
    loaded = desk_of(request).settings.case
    if loaded is None:
        raise Refused(404, Fault("case", "is not at this server: it serves a plan alone",
                                 "Make the form with `safepassage form CASE`."))  # fmt: skip
    return loaded.case


def _sent(form: bytes, kind: str, name: str) -> Response:
    return Response(
        form, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
