"""Make precedents for tests."""

from safepassage.forecast.codebook import COLUMNS
from safepassage.forecast.precedents import read_precedents


def table(*rows, columns=None):
    """Write rows as the CSV table a user would."""
    names = columns or [column.name for column in COLUMNS]
    lines = [",".join(names)]
    for number, row in enumerate(rows, start=1):
        full = {
            "id": f"p{number}", "place": "Somewhere, Land", "start_local": "2020-01-01",
            "kind": "voluntary", "sources": "https://example.org/a",
        } | {key: str(value) for key, value in row.items()}  # fmt: skip
        lines.append(",".join(f'"{full.get(name, "")}"' for name in names))
    return ("\n".join(lines) + "\n").encode()


def precedents(*rows):
    """Read rows as if they came from a table."""
    return read_precedents(table(*rows), "test.csv")


def shared(low, high=None, inside=1000, **codes):
    """Describe a pause in which this share of the people inside left."""
    high = low if high is None else high
    return {
        "people_inside_low": inside, "people_inside_high": inside,
        "left": f"{round(low * inside)}..{round(high * inside)}", **codes,
    }  # fmt: skip
