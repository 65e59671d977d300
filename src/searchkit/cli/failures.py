"""What goes wrong, as one line on standard error and an exit code."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO

from searchkit.cli.terminal import one_line
from searchkit.errors import IndexNotFound, LockTimeout, SearchkitError, SearchTimeout, StorageError, UncompiledWarning

__all__ = ["DAMAGED", "INTERRUPTED", "LOCKED", "NONE", "OK", "TIMED_OUT", "USAGE", "guarded", "say"]

OK, NONE, USAGE, DAMAGED, LOCKED, TIMED_OUT, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


def say(text: object) -> None:
    """Print one line on standard error, harmless to a terminal."""
    # Never None: print would take standard output for it.
    if sys.stderr is not None:
        with suppress(OSError):
            print(f"searchkit: {one_line(str(text))}", file=sys.stderr, flush=True)


def guarded(run: Callable[[], int]) -> int:
    """What `run` returns, or the exit code for what it raises."""
    for stream in (sys.stdout, sys.stderr):
        # What the terminal's encoding lacks is shown as \\x…: better than no answer.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    with warnings.catch_warnings():
        warnings.showwarning = _plain_warnings(warnings.showwarning)
        try:
            return _guarded(run)
        except KeyboardInterrupt:
            return INTERRUPTED


def _guarded(run: Callable[[], int]) -> int:
    try:
        code = run()
        if sys.stdout is None:
            say("the output is closed: nothing was printed")
        else:
            sys.stdout.flush()
        return code
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else OK
    except SearchkitError as error:
        # Where another message says what to do, it is of a kind of its own.
        hint = "; searchkit index PATH… builds one" if type(error) is IndexNotFound else ""
        say(f"{error}{hint}")
        return _code(error)
    except BrokenPipeError:
        # Whoever reads has seen enough.
        _drop_output()
        return OK
    except OSError as error:
        # Without a name it is about where the answer went.
        say(error if error.filename else f"the output cannot be written: {error.strerror or error}")
        _drop_output()
        return USAGE


def _code(error: SearchkitError) -> int:
    if isinstance(error, LockTimeout):
        return LOCKED
    if isinstance(error, SearchTimeout):
        return TIMED_OUT
    return DAMAGED if isinstance(error, StorageError) else USAGE


def _drop_output() -> None:
    """Let what is still buffered go nowhere, so that the end of the process does not fail on it."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _plain_warnings(otherwise: Callable[..., None]) -> Callable[..., None]:
    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> Any:
        if issubclass(category, UncompiledWarning):
            say(message)
        else:
            otherwise(message, category, filename, lineno, file, line)

    return show
