"""The life of a reading process: a task in, its readings out one by one, until it is sent home."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from contextlib import suppress
from multiprocessing.connection import Connection
from types import FrameType
from typing import NoReturn

from audit import guard
from audit.packing import packed_stepwise
from audit.read import Ways


def work(pipe: Connection, ways: Ways, scratch: str) -> None:
    """Answer each task with (reading or None, whether it was the last); see `packed_stepwise`.

    `scratch` is the folder for whatever is unpacked; the parent removes it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGTERM, _end)
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    guard.hold(ways.limits)
    with suppress(EOFError, OSError):
        while True:
            task = pipe.recv()
            guard.hold_time(ways.limits)
            for reading in packed_stepwise(task, ways):
                pipe.send((reading, False))
            pipe.send((None, True))


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Leave by way of every `finally`: LibreOffice, started by a loader, must not stay behind."""
    sys.exit(1)
