from __future__ import annotations

import re

import pytest

# Put together from halves, so that this file does not find itself.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
    "deb.debian" + ".org",
    "deb.node" + "source.com",
    "unpkg" + ".com",
    "jsdelivr" + ".net",
    "cdnjs" + ".com",
]
MACHINE_PATHS = [
    r"/opt/(?:pypi|wheels)",
    r"/home/[a-z]",
    r"/root\b",
    r"/Users/[A-Za-z]",
    r"/tmp/v/",  # noqa: S108 - looked for, not used
    r"/work/(?:main|shared)",
]
BINARY = {".png", ".pbf", ".gz", ".zip", ".ico", ".woff2"}
HERE = "test_tracked_files.py"


@pytest.fixture(scope="module")
def texts(tracked, root):
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in tracked
        if path.suffix not in BINARY and path.name != HERE
    }


def places(texts, pattern):
    found = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if found.search(line)
    ]


def test_no_registry_is_named(texts):
    assert places(texts, "|".join(map(re.escape, HOSTS))) == []


def test_no_path_of_one_machine(texts):
    assert places(texts, "|".join(MACHINE_PATHS)) == []


def test_no_merge_marks(texts):
    assert places(texts, r"^(?:<<<<<<<|>>>>>>>) ") == []


def test_text_ends_in_one_newline_and_has_no_carriage_returns(texts):
    crooked = [
        name
        for name, text in texts.items()
        if text and (not text.endswith("\n") or text.endswith("\n\n") or "\r" in text)
    ]
    assert crooked == []


def test_nothing_built_is_committed(tracked, root):
    built = re.compile(
        r"(?:^|/)(?:node_modules|dist|build|out|__pycache__|\.venv)/|publish/bundle/|\.nb[ic]$"
    )
    names = [path.relative_to(root).as_posix() for path in tracked]
    assert [name for name in names if built.search(name)] == []


def test_no_big_file(tracked, root):
    big = [path.relative_to(root).as_posix() for path in tracked if path.stat().st_size > 1_000_000]
    assert big == []
