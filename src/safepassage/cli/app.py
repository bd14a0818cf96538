"""Define the commands."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from safepassage import __version__
from safepassage.cli.alert import alert, release
from safepassage.cli.leaflets import leaflets
from safepassage.cli.ledger import ledger as ledger_
from safepassage.cli.ledger import verify
from safepassage.cli.notify import notify
from safepassage.cli.publish import publish
from safepassage.cli.record import record
from safepassage.cli.rehearse import rehearse
from safepassage.cli.report import report
from safepassage.cli.room import form, serve, situation
from safepassage.cli.run import run_app
from safepassage.cli.token import token

__all__ = ["app", "run"]

app = App(
    name="safepassage",
    version=__version__,
    help="From the announcement of a humanitarian ceasefire to a plan that gets people out.\n\n"
    "Start with `safepassage plan aleppo-2016-11-04`, the built-in case, and open the brief it "
    "writes. With no map at hand, `safepassage estimate` answers from ten numbers.",
    help_epilogue="Exit status: 0 done, 1 our fault, 2 bad input, 3 a text that announces "
    "nothing. Leaving is always a choice; a plan is neither permission nor protection.",
    help_format="plaintext",
    result_action="return_value",
    suppress_keyboard_interrupt=False,  # run() tells what stands
)

Json = Annotated[bool, Parameter(name="--json", negative="")]
Flag = Parameter(negative="")


@app.command
def cases(case: str | None = None, *, to: str | None = None, as_json: Json = False) -> None:
    """List the built-in cases; or copy one into a folder, to look at and change.

    Parameters
    ----------
    case
        The case to copy.
    to
        The folder to copy it to.
    as_json
        Print JSON.

    """
    from safepassage.cli.cases import run_cases  # noqa: PLC0415

    run_cases(case, to=to, as_json=as_json)


@app.command
def read(
    *files: Annotated[str, Parameter(allow_leading_hyphen=True)],
    review: Annotated[bool, Flag] = False,
    accept_all: Annotated[bool, Flag] = False,
    set_: Annotated[tuple[str, ...], Parameter(name="--set", negative="")] = (),
    blank: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    by: str | None = None,
    as_json: Json = False,
) -> None:
    """Read announcements: who promises what, where, when, to whom, in which words.

    Several texts about one pause are compared: where they clash is said in a sentence each.

    Parameters
    ----------
    files
        Texts or saved pages in English, Russian or Arabic; `-` reads standard input.
    review
        Go through each field with its words, and accept, correct or blank it. Decisions are
        kept beside the text, in NAME.review.json, and count whenever it is read again.
    accept_all
        Accept every field that was read; needs --by.
    set_
        Put a value in place of what was read, as FIELD=VALUE; may be repeated; needs --by.
    blank
        Leave a field unknown; may be repeated; needs --by.
    by
        Who decides: a role or initials.
    as_json
        Print JSON, each field with its words and their place in the text.

    """
    from safepassage.cli.commands import run_read  # noqa: PLC0415
    from safepassage.cli.review import Asked  # noqa: PLC0415

    asked = Asked(review=review, accept_all=accept_all, sets=set_, blanks=blank, by=by)
    run_read(files, as_json=as_json, asked=asked)


@app.command
def estimate(
    *,
    people: str | None = None,
    crossings: int | None = None,
    rate: str | None = None,
    walk_km: str | None = None,
    window: str | None = None,
    at: str | None = None,
    lanes: int = 1,
    confirm_min: int = 60,
    ignore_daylight: Annotated[bool, Flag] = False,
    as_json: Json = False,
) -> None:
    """Answer from ten numbers, with no map: usable hours, ceiling, limit, what to ask for.

    Whatever is missing is asked for. Example:
    `safepassage estimate --people 126000..275000 --crossings 3 --rate 10..25 --walk-km 1..4
    --window 2016-11-04T09:00/19:00 --at Aleppo`

    Parameters
    ----------
    people
        People inside: one number, low..high, or low..best..high.
    crossings
        How many crossings are open to civilians.
    rate
        People a minute each crossing serves, all its lanes together.
    walk_km
        Kilometres people walk to a crossing, nearest..farthest.
    window
        Announced hours, local time, as start/end.
    at
        The place, for sunrise and sunset: a town's name, or lat,lon,timezone.
    lanes
        Screening lanes at each crossing, for what one more is worth.
    confirm_min
        Minutes to confirm routes and send a test movement before the first wave.
    ignore_daylight
        Count the dark hours as well.
    as_json
        Print JSON.

    """
    from safepassage.cli.ten_numbers import run_estimate  # noqa: PLC0415

    run_estimate(
        people=people, crossings=crossings, rate=rate, walk_km=walk_km, window=window, at=at,
        lanes=lanes, confirm_min=confirm_min, ignore_daylight=ignore_daylight, as_json=as_json,
    )  # fmt: skip


@app.command
def plan(
    case: str,
    /,
    *,
    to: str | None = None,
    city: str | None = None,
    streets: str | None = None,
    people: str | None = None,
    crossing: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    place: str | None = None,
    ignore_daylight: Annotated[bool, Flag] = False,
    thorough: Annotated[bool, Flag] = False,
    as_json: Json = False,
) -> None:
    """Plan a case: a checked plan, and a brief that opens with no connection.

    Parameters
    ----------
    case
        A built-in case's name, a folder with case.toml, or an announcement as a text file:
        its place then picks the built-in city, unless --city or --streets names one.
    to
        Folder for brief.html, plan.json, curve.csv and waves.csv; a new one here if not given.
    city
        For a text: take streets, zones and corridors from this case.
    streets
        For a text: an OpenStreetMap file (.osm.pbf, .osm); needs --people and --crossing.
    people
        With --streets or --place: people inside, low..high; spread over the streets.
    crossing
        With --streets or --place: a crossing as NAME=LAT,LON,RATE (people a minute); may be
        repeated.
    place
        Fetch the streets of this place, such as "La Serena, Chile", from an OpenStreetMap
        server: instead of the case's, or for a text. Nothing is fetched otherwise.
    ignore_daylight
        Plan the dark hours as well.
    thorough
        Try the plan over low and high figures of people and crossings in a large city, too: many
        times as long. Small ones are always tried.
    as_json
        Print the plan as JSON; files are then written only where --to says.

    """
    from safepassage.cli.commands import run_plan  # noqa: PLC0415

    run_plan(
        case, to=to, city=city, streets=streets, people=people, crossings=crossing, place=place,
        ignore_daylight=ignore_daylight, thorough=thorough, as_json=as_json,
    )  # fmt: skip


@app.command
def ask(
    case: str,
    /,
    *,
    to: str | None = None,
    ignore_daylight: Annotated[bool, Flag] = False,
    as_json: Json = False,
) -> None:
    """Ask what is worth negotiating for: more hours, lanes, buses, corridors.

    Each change is solved anew, those that gain most two by two as well, and
    each corridor's loss. Ctrl-C tells what is known by then.

    Parameters
    ----------
    case
        A built-in case's name, or a folder with case.toml.
    to
        Folder for ask.html, a page with a chart, and ask.json; none written if not given.
    ignore_daylight
        Plan the dark hours as well.
    as_json
        Print the changes as a JSON list.

    """
    from safepassage.cli.ask import run_ask  # noqa: PLC0415

    run_ask(case, to=to, ignore_daylight=ignore_daylight, as_json=as_json)


@app.command
def forecast(
    case: str,
    /,
    *,
    n: Annotated[int, Parameter(name=("-n", "--replications"))] = 500,
    seed: int = 1,
    without: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    with_: Annotated[tuple[str, ...], Parameter(name="--with", negative="")] = (),
    to: str | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    workers: int | None = None,
    ignore_daylight: Annotated[bool, Flag] = False,
    as_json: Json = False,
) -> None:
    """Forecast who is likely to come, and what if it collapses: ranges, beside the ceiling.

    What happened in earlier pauses under like conditions, over this case's plan, many times:
    people leave early, late, or by the nearest crossing; crossings close; the pause ends early.

    Parameters
    ----------
    case
        A built-in case's name, or a folder with case.toml.
    n
        How many times the plan is simulated.
    seed
        The same seed gives the same forecast, on one machine or many.
    without
        Leave a precedent out by its id; may be repeated. The case's own always is.
    with_
        A CSV table with precedents of your own; may be repeated.
    to
        Folder for forecast.json, replications.parquet and the brief with the forecast in it; a
        new one here if not given. A run that was interrupted goes on from what is kept there.
    engine
        `local`: this machine's cores; `dask`: a Dask cluster (needs safepassage[dask]).
    scheduler
        With --engine dask: the address of its scheduler, such as tcp://10.0.0.5:8786.
    workers
        Cores to use; all if not given.
    ignore_daylight
        Plan the dark hours as well.
    as_json
        Print the forecast as JSON; files are then written only where --to says.

    """
    from safepassage.cli.forecast import run_forecast  # noqa: PLC0415

    run_forecast(
        case, replications=n, seed=seed, without=without, tables=with_, to=to, engine=engine,
        scheduler=scheduler, workers=workers, ignore_daylight=ignore_daylight, as_json=as_json,
    )  # fmt: skip


@app.command
def check(
    *cases: Annotated[str, Parameter(allow_leading_hyphen=True)],
    to: str | None = None,
    city: str | None = None,
    as_json: Json = False,
) -> None:
    """Ask what must be known before people walk: consent, screening, mines, hours, who says stop.

    Thirty questions for negotiators, each with the guidance it comes from, answered from the
    announcements and the case, worked out, or left open; the most dangerous open ones first.

    Parameters
    ----------
    cases
        A built-in case's name, or a folder with case.toml; or text files of announcements about
        one pause: `-` reads standard input.
    to
        Folder for checklist.html, one page to print, and checklist.md; none written if not given.
    city
        For texts: take streets, people and crossings for the walking times from this case.
    as_json
        Print JSON.

    """
    from safepassage.cli.check import run_check  # noqa: PLC0415

    run_check(cases, to=to, city=city, as_json=as_json)


@app.command(name="map")
def map_(
    case: str,
    /,
    *,
    to: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    place: str | None = None,
    as_json: Json = False,
) -> None:
    """Check a city before planning: streets, zones with no way out, crossings and their reach.

    Writes a map page that opens with no connection. A zone that no street leads out of is
    shown here, where `plan` refuses it.

    Parameters
    ----------
    case
        A built-in case's name, or a folder with case.toml.
    to
        FILE.html or a folder for map.html; FILE.gpkg for layers that QGIS opens styled, which
        a case can name as its city when changed; may be repeated. A new folder here if not given.
    place
        Fetch the streets of this place from an OpenStreetMap server, instead of the case's.
    as_json
        Print JSON; files are then written only where --to says.

    """
    from safepassage.cli.map import run_map  # noqa: PLC0415

    run_map(case, to=to, place=place, as_json=as_json)


@app.command
def precedents(
    *,
    kind: str | None = None,
    consent: str | None = None,
    escort: str | None = None,
    place: str | None = None,
    with_: Annotated[tuple[str, ...], Parameter(name="--with", negative="")] = (),
    show: str | None = None,
    as_json: Json = False,
) -> None:
    """List earlier pauses: who agreed, who went along, what share of the people inside left.

    A forecast rests on these. Example: `safepassage precedents --consent rejected`

    Parameters
    ----------
    kind
        voluntary (people were free to stay), flight, 'after defeat' or convoy.
    consent
        all, 'in principle', one (the others silent or not asked) or rejected.
    escort
        neutral, party or none: who went along.
    place
        Part of a place's name, such as Aleppo.
    with_
        A CSV table of your own, after those that ship; may be repeated. Its columns and codes
        stand in docs/precedents.md.
    show
        Everything on one precedent, by its name: counts by day and by counter, sources.
    as_json
        Print JSON.

    """
    from safepassage.cli.precedents import Asked, run_precedents  # noqa: PLC0415

    asked = Asked(kind=kind, consent=consent, escort=escort, place=place, show=show)
    run_precedents(asked, tables=with_, as_json=as_json)


app.command(form)
app.command(serve)
app.command(situation)
app.command(report)
app.command(verify)
app.command(record)
app.command(rehearse)
app.command(ledger_)
app.command(token)
app.command(alert)
app.command(leaflets)
app.command(release)
app.command(notify)
app.command(publish)


def run(argv: list[str] | None = None) -> int:
    """Run a command line; every error becomes one message and an exit status."""
    return run_app(app, argv)
