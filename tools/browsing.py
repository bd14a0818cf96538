"""Open Debian's chromium for the tools that take pictures."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
GL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""What pages with a map need besides."""


@contextmanager
def browser(*flags: str) -> Iterator[Browser]:
    """Start chromium; without one, say what to install and end with exit status 1."""
    chromium = shutil.which("chromium")
    if not chromium:
        print("No chromium here. Ask the administrator for: apt-get install chromium")
        sys.exit(1)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", *flags]
        )
        yield started
        started.close()


def told(path: Path) -> None:
    """Say how large a picture became."""
    print(f"{path}: {path.stat().st_size // 1000} kB")
