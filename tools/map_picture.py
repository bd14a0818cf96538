"""Take the picture of a check-up's map, as the tutorial of a town of one's own shows it.

    safepassage map my-town --to map
    python tools/map_picture.py map/map.html [--to docs/pictures/my-town.png]

Needs the test tools (playwright) and Debian's chromium; asks nothing of a network.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from browsing import GL, PICTURES, browser, told


def main() -> int:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path, help="a map.html that `safepassage map` wrote")
    parser.add_argument("--to", type=Path, default=PICTURES / "my-town.png", help="the picture")
    given = parser.parse_args()
    with browser(*GL) as opened:
        page = opened.new_page(viewport={"width": 1100, "height": 900})
        page.goto(given.page.resolve().as_uri())
        page.wait_for_function("() => window.safepassage")
        page.evaluate("() => window.safepassage.idle()")
        page.locator(".map-figure").screenshot(path=given.to)
    told(given.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
