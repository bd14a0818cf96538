"""Hand out the web bundle: the script, the style, the map's worker and their licences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from safepassage.base.errors import InputError

__all__ = ["Bundle", "bundle"]


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
    home = files("safepassage.publish") / "bundle"
    names = ("brief.js", "brief.css", "maplibre-worker.js", "THIRD_PARTY_LICENSES.txt")
    missing = [name for name in names if not (home / name).is_file()]
    if missing:
        raise InputError.one(
            "safepassage/publish/bundle",
            f"the web bundle is not built ({', '.join(missing)} missing)",
            "Install the package again, or in its source tree: cd web && npm ci && npm run build",
        )
    return Bundle(*((home / name).read_text(encoding="utf-8") for name in names))
