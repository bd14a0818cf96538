"""Run the command line as ``python -m safepassage.cli``."""

import sys

from safepassage.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
