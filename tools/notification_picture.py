"""Take the picture of docs/movement-notification.md: the form in English and Arabic, side by side.

    safepassage notify aleppo-2016-11-04 --exercise --to out/notification
    python tools/notification_picture.py out/notification [--to docs/pictures]

Needs the test tools (playwright) and Debian's chromium; asks nothing of a network.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from browsing import PICTURES, browser, told

WIDTH, HEIGHT = 794, 1200
PAPER = "body { margin: 7mm 13mm !important; max-width: none !important }"
BESIDE = '<body style="margin:0;background:#888;display:flex;gap:14px;padding:14px">{}</body>'


def main() -> int:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pack", type=Path, help="a folder that `safepassage notify` wrote")
    parser.add_argument("--to", type=Path, default=PICTURES, help="folder")
    given = parser.parse_args()
    path = given.to / "movement-notification.png"
    with browser() as opened:
        page = opened.new_page(viewport={"width": 2 * WIDTH + 42, "height": HEIGHT + 28})
        page.goto("about:blank")
        frames = [
            f'<iframe data-language="{each}" style="width:{WIDTH}px;height:{HEIGHT}px;border:0;'
            f'background:#fff"></iframe>'
            for each in ("en", "ar")
        ]
        page.set_content(BESIDE.format("".join(frames)))
        for each in ("en", "ar"):
            form = (given.pack / f"movement-notification.{each}.html").read_text(encoding="utf-8")
            styled = form.replace("</style>", f"@media all {{ {PAPER} }}</style>", 1)
            page.locator(f'[data-language="{each}"]').evaluate(
                "(frame, form) => { frame.srcdoc = form }", styled
            )
        page.wait_for_timeout(500)
        page.emulate_media(media="print")
        page.screenshot(path=path)
    told(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
