"""docs/reports.md tells of the reports that there are, and its examples are true."""

import re

from docs.papers import DOCS, shell_lines, tables, text
from safepassage.cli.reporting import Asked
from safepassage.publish.reports import KINDS
from safepassage.publish.shortened import GSM_7, GSM_SIGNS

PAGE = text("reports.md")


def test_the_reports_are_those_that_there_are():
    assert [
        row["`--kind`"].strip("`") for row in tables("reports.md", "`--kind`", "what it is")
    ] == [*KINDS]
    assert shell_lines("reports.md")
    for line in shell_lines("reports.md"):
        assert set(re.findall(r"--kind (\w+)", line)) <= set(KINDS)
        names = {name.replace("kind", "kinds").replace("language", "languages")
                 for name in re.findall(r"--(\w+)", line)}  # fmt: skip
        assert names <= {*Asked.__dataclass_fields__, "to"}


def test_the_message_shown_is_one():
    (message,) = re.findall(r"^    (EXERCISE .+\n    .+)$", PAGE, re.MULTILINE)
    message = " ".join(message.split())
    assert len(message) <= GSM_SIGNS
    assert set(message) <= GSM_7


def test_the_pictures_are_there():
    for name in re.findall(r"\((pictures/[^)]+)\)", PAGE):
        assert (DOCS / name).is_file(), name
