"""Run a command line: every error becomes one message and an exit status."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import CycloptsError

from safepassage.base.errors import InputError, SafepassageError
from safepassage.base.signs import without_controls

if TYPE_CHECKING:
    from cyclopts import App

__all__ = ["run_app"]


def run_app(app: App, argv: list[str] | None) -> int:
    """Run a command line; every error becomes one message and an exit status.

    Parameters
    ----------
    app
        The commands.
    argv
        The words typed; those of this process if None, and then a polite end at SIGTERM, too.

    """
    tokens = sys.argv[1:] if argv is None else argv
    if argv is None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # nothing is left half-written
    _open_streams()
    try:
        return _ran(app, tokens)
    except BrokenPipeError:  # whoever read our output has gone
        return 0
    except KeyboardInterrupt as stop:
        return _stopped(stop)
    finally:
        _close_streams()


def _stopped(stop: BaseException) -> int:
    _say(f"Stopped; {str(stop) or 'nothing was written'}.\n")
    return 130


def _stop_behind(error: BaseException | None) -> KeyboardInterrupt | None:
    """Find a Ctrl-C that something wrapped, as Python 3.11 does while a class is being made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error


def _ran(app: App, tokens: list[str]) -> int:
    try:
        app(tokens, exit_on_error=False, print_error=True)
        sys.stdout.flush()
    except CycloptsError:  # printed by cyclopts, with what was expected
        return InputError.exit_code
    except SafepassageError as error:
        _tell(error)
        return error.exit_code
    except BrokenPipeError:
        raise
    except SystemExit:  # rich leaves so when whoever read our output has gone
        return 0
    except Exception as error:
        if stop := _stop_behind(error):
            return _stopped(stop)
        if os.environ.get("SAFEPASSAGE_TRACEBACK"):
            raise
        return _failed(error)
    return 0


def _failed(error: Exception) -> int:
    if isinstance(error, OSError) and error.filename is None:  # a stream, no file
        reason = error.strerror or error
        _say(f"safepassage: standard output cannot be written ({reason}).\n")
        return InputError.exit_code
    _say(
        f"safepassage failed, and it is our fault: {type(error).__name__}: {error}\n"
        "Run again with SAFEPASSAGE_TRACEBACK=1 and report what it says.\n"
    )
    return 1


def _open_streams() -> None:
    """Make streams that a shell closed or that take only ASCII fit to write to."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:  # closed, as by ``>&-``
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            wide = stream.encoding.lower().startswith("utf")
            stream.reconfigure(errors="backslashreplace" if wide else "replace")


def _close_streams() -> None:
    """Leave nothing that Python would fail to write, loudly, when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say(text: str) -> None:
    with contextlib.suppress(OSError):  # nobody is there to be told
        sys.stderr.write(without_controls(text))
        sys.stderr.flush()


def _tell(error: SafepassageError) -> None:
    if isinstance(error, InputError):
        many = len(error.faults) > 1
        head = f"safepassage: {len(error.faults)} things are wrong:\n" if many else "safepassage: "
        lines = [f"  - {fault}" if many else str(fault) for fault in error.faults]
        _say(head + "\n".join(lines) + "\n")
    else:
        _say(f"safepassage: {error}\n")
