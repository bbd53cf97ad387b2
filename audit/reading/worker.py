"""The life of a reading process: a task in, its readings out one by one, until it is sent home."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import NoReturn

from audit.reading import guard
from audit.reading.one_file import Ways

#: Kinds of messages: the clock of the task starts; an archive is unpacked, its members follow; the
#: reading of a file or member; the task is done.
BEGUN, INSIDE, READING, LAST = range(4)
#: Seconds that a process has to start, on a busy machine, before the task's own time runs.
START = 60
#: Seconds that a process has to leave in order before it is ended.
_LEAVE = 2


def warm_all() -> None:
    """Load what reading any number of files of all formats needs."""
    from audit import loaders

    warm()
    loaders.import_all()


def warm() -> None:
    """Load what reading any file needs before its time runs."""
    from audit import identity, recognise  # noqa: F401
    from audit.reading import packing  # noqa: F401


def work(pipe: Connection, ways: Ways, scratch: str) -> None:
    """Answer each task with messages of a kind and a reading, until the kind is `LAST`.

    `scratch` is the folder for whatever is unpacked; the parent removes it.
    """
    obey(scratch)
    warm()
    from audit.reading.packing import packed_stepwise

    guard.hold(ways.limits)
    silence()
    with suppress(EOFError, OSError):
        while True:
            task = pipe.recv()
            guard.hold_time(ways.limits)
            pipe.send((BEGUN, None))
            for reading in packed_stepwise(task, ways):
                pipe.send((INSIDE, None) if reading is None else (READING, reading))
            pipe.send((LAST, None))


def obey(scratch: str) -> None:
    """Be a process that its parent ends, and put files nowhere but in `scratch`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGTERM, _end)
    tempfile.tempdir = os.environ["TMPDIR"] = scratch


def dismiss(process: BaseProcess) -> None:
    """The parent's part: end a process by asking, so that it leaves nothing behind, then by force."""
    process.terminate()
    process.join(_LEAVE)
    process.kill()
    process.join()


def silence() -> None:
    """Keep what libraries print of broken files (a panic's trace) off the user's screen."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Leave by way of every `finally`: LibreOffice, started by a loader, must not stay behind."""
    sys.exit(1)
