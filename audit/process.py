"""A process that is the command's alone: started without what it never uses, left without delay."""

from __future__ import annotations

import atexit
import gc
import os
import sys

#: New objects between two searches for unreachable cycles. Importing pandas and pandera makes
#: 160,000 objects that all stay, and the default, 700, searches them hundreds of times.
SELDOM = 200_000


def lean() -> None:
    """To be called before anything heavy is imported."""
    gc.set_threshold(SELDOM)
    # pandera loads hypothesis wherever that is installed, to invent data for tests; no run does.
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]


def leave(status: int | str | None) -> None:
    """End the process: what is to be done at exit is done, but no module is taken apart first.

    That takes a fifth of a short run, and frees what ends with the process anyway. Where the last
    of the output can't be written, this returns, and leaving is left to the interpreter.
    """
    if isinstance(status, str):
        return
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(status or 0)
