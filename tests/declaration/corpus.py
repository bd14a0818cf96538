"""Hold the announcements that were written for the tests, and what each of them says.

Each ``corpus/NAME.txt`` is ours, after the manner of statements, wires, leaflets and
headlines; ``NAME.json`` beside it was labelled by hand. A key that is absent is not
tested; ``null`` means that the text leaves the field unknown.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from safepassage.declaration import read

FOLDER = Path(__file__).with_name("corpus")
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
ROOT = Path(__file__).resolve().parents[2]
BUILT_IN = ROOT / "src/safepassage/case/builtin/aleppo-2016-11-04/announcements"
FOUNDING = ROOT.parent / "shared/announcements/000_37a02243c5f9e1b5.txt"


@cache
def read_of(name):
    """Read a text; the whole corpus is read by several tests."""
    return read(text_of(name), name=name)


def text_of(name):
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def label_of(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def silent():
    """Name the texts that announce nothing."""
    return [name for name in NAMES if label_of(name).get("nothing")]


def telling():
    """Name the texts that announce something."""
    return [name for name in NAMES if not label_of(name).get("nothing")]
