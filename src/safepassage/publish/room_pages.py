"""Give a server the pages of the operations room and of reporters: shells and what they load.

The pages hold no script, no style and no text of their own: all of it comes from the assets,
so that the policy can forbid everything else.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "PAGE_POLICY",
    "Asset",
    "assets",
    "manifest",
    "reporter_html",
    "room_html",
    "service_worker",
]

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What both pages may do: load from their own server, and nothing else. Nothing stands inline."""

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_ASSETS = (
    "room.js", "room.css", "reporter.js", "reporter.css", "maplibre-worker.js",
    "THIRD_PARTY_LICENSES.txt",
)  # fmt: skip
_INK, _MOVING = "#1d2733", "#1f6fb2"
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    f'<rect width="64" height="64" rx="13" fill="{_INK}"/>'
    '<path d="M14 46h14V32h14V18h8" fill="none" stroke="#fff" stroke-width="6" '
    'stroke-linecap="round" stroke-linejoin="round"/>'
    f'<circle cx="50" cy="18" r="7" fill="{_MOVING}" stroke="#fff" stroke-width="3"/></svg>\n'
)


@dataclass(frozen=True, slots=True)
class Asset:
    """Hold a file that a page loads, as it is and packed, with a tag that changes as it does."""

    name: str
    media_type: str
    body: bytes
    gzipped: bytes
    etag: str


@cache
def assets() -> Mapping[str, Asset]:
    """Give every file that stands under ``/assets/``, by its name.

    Raises
    ------
    InputError
        If the package was installed without its web bundle.

    """
    made = {name: _asset(name, _built(name)) for name in _ASSETS}
    return {**made, "icon.svg": _asset("icon.svg", _ICON.encode())}


@cache
def service_worker() -> Asset:
    """Give the script that serves the reporter's page where there is no connection: ``/sw.js``.

    It stands at the root, since a service worker sees only what lies below it.

    Raises
    ------
    InputError
        If the package was installed without its web bundle.

    """
    return _asset("sw.js", _built("sw.js"))


def manifest() -> dict[str, Any]:
    """Give what a phone needs to keep the reporter's page among its apps."""
    return {
        "name": "safepassage: reporter",
        "short_name": "Reporter",
        "start_url": "/report",
        "scope": "/report",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": _INK,
        "icons": [{"src": "/assets/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }


def room_html(language: Literal["en", "ar"] = "en") -> str:
    """Make the shell of the operations room; its script chooses the language anew."""
    return _shell("room", "Operations room · safepassage", language)


def reporter_html(language: Literal["en", "ar"] = "en") -> str:
    """Make the shell of the reporter's page; its script chooses the language anew.

    Its title says nothing, and it offers no app to install: an app would outlast a wipe.
    """
    return _shell("reporter", "Report", language)


def _shell(page: str, title: str, language: Literal["en", "ar"]) -> str:
    direction = "rtl" if language == "ar" else "ltr"
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="theme-color" content="{_INK}">\n'
        f"<title>{title}</title>\n"
        '<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">\n'
        f'<link rel="stylesheet" href="/assets/{page}.css">\n'
        f'<script src="/assets/{page}.js" defer></script>\n'
        '</head>\n<body>\n<div id="app"></div>\n'
        "<noscript><p>This page needs JavaScript.</p>"
        '<p lang="ar" dir="rtl">تحتاج هذه الصفحة إلى تشغيل JavaScript.</p></noscript>\n'
        "</body>\n</html>\n"
    )


def _asset(name: str, body: bytes) -> Asset:
    media_type = _TYPES[name[name.rindex(".") :]]
    packed = gzip.compress(body, compresslevel=6, mtime=0)
    return Asset(name, media_type, body, packed, f'"{sha256(body).hexdigest()[:32]}"')


def _built(name: str) -> bytes:
    path = files("safepassage.publish") / "bundle" / name
    if not path.is_file():
        raise InputError.one(
            "safepassage/publish/bundle",
            f"the web bundle is not built ({name} missing)",
            "Install the package again, or in its source tree: cd web && npm ci && npm run build",
        )
    return path.read_bytes()
