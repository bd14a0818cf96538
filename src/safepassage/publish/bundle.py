"""Hand out the web bundle: script, style, the map's worker, Arabic letters, their licences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from safepassage.base.errors import InputError

__all__ = ["Bundle", "arabic_letters", "bundle"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Hold the texts that every brief carries inside it."""

    script: str
    style: str
    worker: str
    licences: str


@cache
def bundle() -> Bundle:
    """Read the bundle that was built with the package.

    Raises
    ------
    InputError
        If the package was installed without its bundle.

    """
    names = ("brief.js", "brief.css", "maplibre-worker.js", "THIRD_PARTY_LICENSES.txt")
    return Bundle(*_read(names))


@cache
def arabic_letters() -> str:
    """Read the style that brings Arabic letters (``Page Arabic``) into a page.

    Raises
    ------
    InputError
        If the package was installed without its bundle.

    """
    return _read(("arabic.css",))[0]


def _read(names: tuple[str, ...]) -> list[str]:
    home = files("safepassage.publish") / "bundle"
    missing = [name for name in names if not (home / name).is_file()]
    if missing:
        raise InputError.one(
            "safepassage/publish/bundle",
            f"the web bundle is not built ({', '.join(missing)} missing)",
            "Install the package again, or in its source tree: cd web && npm ci && npm run build",
        )
    return [(home / name).read_text(encoding="utf-8") for name in names]
