"""Make the form that field teams fill on phones they have: XLSForm, and XForm as Collect reads it.

The form asks nothing about the phone or its user: no device, phone number, user name, audit,
position or picture. The only metadata is the instance's id, by which sending twice counts once.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

from safepassage.base.errors import Defect
from safepassage.base.provenance import sha256
from safepassage.base.signs import without_controls
from safepassage.publish.form_questions import CHOICES, QUESTIONS, Question, Words
from safepassage.publish.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.case.model import Case

__all__ = ["Language", "field_form", "field_xform", "form_sheets"]

Language = Literal["en", "ar"]
Sheets = dict[str, list[list[str]]]

_LANGUAGES: dict[Language, str] = {"en": "English (en)", "ar": "Arabic (ar)"}


def form_sheets(case: Case, *, exercise: bool = False, language: Language = "en") -> Sheets:
    """Lay out the rows of a case's form, sheet by sheet, as XLSForm has them.

    Parameters
    ----------
    case
        Its corridors are those that can be chosen; its title is the form's.
    exercise
        Write EXERCISE before the title, and give the form an id of its own.
    language
        The language that the form opens in; the other can be chosen on the phone.

    """
    sheets = {
        "survey": [_survey_head(), *map(_survey_row, QUESTIONS)],
        "choices": [["list_name", "name", *_both("label")], *_choice_rows(case)],
    }
    version = sha256(repr(sheets))[:12]
    settings = {
        "form_title": f"{'EXERCISE: ' * exercise}{case.title}",
        "form_id": f"safepassage-{case.id}{'-exercise' * exercise}",
        "version": version,
        "default_language": _LANGUAGES[language],
    }
    sheets["settings"] = [list(settings), [_told(each) for each in settings.values()]]
    return sheets


def field_form(case: Case, *, exercise: bool = False, language: Language = "en") -> bytes:
    """Write a case's form as an XLSForm workbook (.xlsx), checked by converting it.

    Raises
    ------
    Defect
        If pyxform refuses the form, or warns of it.

    """
    made = workbook(form_sheets(case, exercise=exercise, language=language), width=26)
    _converted(made)
    return made


def field_xform(case: Case, *, exercise: bool = False, language: Language = "en") -> str:
    """Write a case's form as XForm XML, as ODK Collect and Enketo read it.

    Raises
    ------
    Defect
        If pyxform refuses the form, or warns of it.

    """
    return _converted(workbook(form_sheets(case, exercise=exercise, language=language), width=26))


def _converted(book: bytes) -> str:
    from pyxform.errors import PyXFormError  # type: ignore[import-untyped] # noqa: PLC0415
    from pyxform.xls2xform import convert  # type: ignore[import-untyped] # noqa: PLC0415

    try:
        made = convert(io.BytesIO(book), file_type=".xlsx")
    except PyXFormError as error:
        raise Defect(f"the form is no XLSForm: {error}") from error
    if made.warnings:
        raise Defect(f"the form is a doubtful XLSForm: {'; '.join(made.warnings)}")
    return str(made.xform)


def _both(column: str) -> list[str]:
    return [f"{column}::{name}" for name in _LANGUAGES.values()]


def _survey_head() -> list[str]:
    return [
        "type", "name", *_both("label"), *_both("hint"), "required", "relevant", "constraint",
        *_both("constraint_message"), "default", "appearance",
    ]  # fmt: skip


def _survey_row(asked: Question) -> list[str]:
    return [
        asked.type, asked.name, asked.label.en, asked.label.ar, asked.hint.en, asked.hint.ar,
        asked.required, asked.relevant, asked.constraint,
        asked.refused.en, asked.refused.ar, asked.default, asked.appearance,
    ]  # fmt: skip


def _choice_rows(case: Case) -> Iterator[list[str]]:
    corridors = {each.id: Words(each.name, each.name_ar or each.name) for each in case.corridors}
    lists: Mapping[str, Mapping[str, Words]] = {
        **CHOICES,
        "corridor": corridors,
    }
    for name, answers in lists.items():
        for answer, words in answers.items():
            yield [name, answer, _told(words.en), _told(words.ar)]


def _told(text: str) -> str:
    """Write a case's words so that a form shows them and reads nothing into them."""
    return without_controls(text).replace("${", "$ {")  # ${…} would fetch an answer
