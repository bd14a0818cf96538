"""docs/record.md shows the record of Aleppo as the program makes it, and every column."""

from docs.papers import text, tool
from safepassage.publish.record_columns import CEASEFIRES, INCIDENTS, PLANNED_ACTUAL

PAGE = text("record.md")


def test_the_record_of_aleppo_is_the_programs():
    assert tool("record_page.py")["page"](PAGE) == PAGE, "run tools/record_page.py"


def test_every_column_stands_there():
    for column in (*CEASEFIRES, *INCIDENTS, *PLANNED_ACTUAL):
        assert f"`{column.name}`" in PAGE
