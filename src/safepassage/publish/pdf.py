"""Make a PDF of a page: by Chromium where there is one, otherwise by WeasyPrint."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from safepassage.base.errors import InputError

__all__ = ["chromium", "pdf_of", "pdf_way"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_LONGEST_S = 180
_REMEDY = (
    "Install Chromium (Debian: apt-get install chromium) or what WeasyPrint needs (apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0), or print the page from any browser."
)
_FLAGS = (
    "--headless=new", "--disable-gpu", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-sync", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--hide-scrollbars",
    "--generate-pdf-document-outline",
    "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
)  # fmt: skip


def chromium() -> str | None:
    """Find Chromium on this machine."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def pdf_way() -> str | None:
    """Tell what would make a PDF here: ``chromium``, ``weasyprint``, or nothing."""
    if chromium():
        return "chromium"
    try:
        import weasyprint  # noqa: F401, PLC0415 - heavy
    except (ImportError, OSError):  # the system's text libraries are not there
        return None
    return "weasyprint"


def pdf_of(html: str, *, wait_ms: int = 0) -> bytes:
    """Make a PDF; its paper is what the page's own style says (``@page``).

    Parameters
    ----------
    html
        A page that needs nothing beside it.
    wait_ms
        How long the page's script may draw first [ms].

    Raises
    ------
    InputError
        If there is nothing here to make it, or it took too long.

    """
    if browser := chromium():
        return _by_chromium(browser, html, wait_ms)
    try:
        import weasyprint  # noqa: PLC0415 - heavy
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise InputError.one("a PDF", "cannot be made on this machine", _REMEDY) from error
    inside = URLFetcher(allowed_protocols=["data"])  # a page holds all it needs
    made: bytes = weasyprint.HTML(string=html, url_fetcher=inside).write_pdf()
    return made


def _by_chromium(browser: str, html: str, wait_ms: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="safepassage-") as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        flags = [*_FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}"]
        if wait_ms:
            flags.append(f"--virtual-time-budget={wait_ms}")
        if os.name == "posix" and os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium has none for root
        try:
            done = subprocess.run(  # noqa: S603 - a browser found by name, flags of our own
                [browser, *flags, page.as_uri()], capture_output=True, check=False,
                timeout=_LONGEST_S,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError.one("a PDF", f"could not be made by {browser} ({error})", _REMEDY,
                                 ) from error  # fmt: skip
        if not out.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise InputError.one("a PDF", f"could not be made by {browser} "
                                 f"({said[-1][:200] if said else done.returncode})", _REMEDY,
                                 )  # fmt: skip
        return out.read_bytes()
