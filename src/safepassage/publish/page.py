"""Give pages with a map what they share: bundle, data, a policy against connections."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from safepassage.base.signs import without_controls
from safepassage.publish.bundle import bundle
from safepassage.publish.spoken import ENGLISH
from safepassage.publish.wording import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Template

__all__ = ["STILL_POLICY", "clean_map", "map_parts", "template"]

STILL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a page without a script may do: wear its own style, and nothing else."""


def template(name: str, *, finalize: Callable[[Any], Any] | None = None) -> Template:
    """Give a template, ready to write numbers, times and unknowns as every page does.

    ``finalize`` is what each value goes through before it is written.
    """
    return _environment(finalize).get_template(name)


@cache
def _environment(finalize: Callable[[Any], Any] | None) -> Environment:
    made = Environment(
        loader=PackageLoader("safepassage.publish", "templates"),
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
        finalize=finalize,
    )  # fmt: skip
    made.filters.update(FILTERS)
    made.globals["say"] = ENGLISH
    return made


def clean_map(map_: dict[str, Any]) -> dict[str, Any]:
    """Clean the names on a map, without going through every point of every street."""
    named: dict[str, Any] = {
        key: [{**each, "name": without_controls(each["name"])} for each in map_[key]]
        for key in ("streets", "areas")
        if key in map_
    }
    return {**map_, **named}


def map_parts(**data: dict[str, Any]) -> dict[str, Any]:
    """Give what a template puts around and under a page with a map.

    Parameters
    ----------
    data
        Documents that the page's script reads; ``plan`` becomes ``plan_data``.

    Raises
    ------
    InputError
        If the package was installed without its web bundle.

    """
    parts = bundle()
    return {
        "policy": _policy(parts.script),
        "script": Markup(parts.script),  # noqa: S704 - our bundle; the build refuses end tags in it
        "style": Markup(parts.style),  # noqa: S704
        "worker": Markup(parts.worker),  # noqa: S704
        "licences": parts.licences,
        **{f"{name}_data": _embedded(value) for name, value in data.items()},
    }


def _embedded(value: dict[str, Any]) -> Markup:
    """Write JSON that can stand inside a script element, whatever its strings hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - no sign that HTML knows is left in it


def _policy(script: str) -> str:
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; worker-src blob: data:; "
        "connect-src blob:; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
