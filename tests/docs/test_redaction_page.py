"""docs/redaction.md holds the very table that the program obeys."""

from docs.papers import text, tool
from safepassage.publish.redaction import FEW, PUBLIC_DELAY, PUBLIC_STEP, policy

PAGE = text("redaction.md")


def test_the_tables_are_those_of_the_program():
    assert tool("redaction_page.py")["page"](PAGE) == PAGE, "run tools/redaction_page.py"
    assert sum(line.startswith("| `") for line in PAGE.splitlines()) == len(policy()) + 5  # actions


def test_assumptions_are_those_of_the_program():
    assert (PUBLIC_DELAY.seconds, PUBLIC_STEP.seconds, FEW) == (60 * 60, 15 * 60, 10)
    for words in ("**60 minutes**", "**A quarter of an hour**", "**Ten**"):
        assert words in PAGE
