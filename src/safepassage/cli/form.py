"""Run the command ``form``: the form that field teams fill on phones they have."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import write_together
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import shown, telling

if TYPE_CHECKING:
    from safepassage.publish.forms import Language

__all__ = ["run_form"]

_KINDS = {".xlsx": "XLSForm", ".xml": "XForm"}


def run_form(case: str, *, to: str, language: str, exercise: bool) -> None:
    """Write a case's form as XLSForm or XForm, and say what to do with it."""
    refuse_odd_names(("the case", case), ("--to", to))
    path = Path(to)
    kind = _KINDS.get(path.suffix.lower())
    faults = []
    if kind is None:
        faults.append(
            Fault("--to", "names neither an XLSForm nor an XForm", "End it in .xlsx or .xml.")
        )
    if language not in {"en", "ar"}:
        faults.append(Fault("--language", "is no language of the form", "Write en or ar."))
    if faults:
        raise InputError(faults)
    with shown() as progress:
        progress("Making the form")
        from safepassage.case import load_case  # noqa: PLC0415
        from safepassage.publish.forms import field_form, field_xform  # noqa: PLC0415

        chosen = cast("Language", language)
        write = field_form if kind == "XLSForm" else field_xform
        content = write(load_case(case).case, exercise=exercise, language=chosen)
        written = write_together(path.parent, {path.name: content})
    with telling(written):
        sys.stdout.write(
            f"{'EXERCISE ' * exercise}{kind} in {path}. docs/field-forms.md says how to give it "
            "out, and how its answers come in.\n"
        )
