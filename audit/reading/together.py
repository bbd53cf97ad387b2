"""Old Word files → docx before the reading begins, by one call of LibreOffice for many of them.

Most of what LibreOffice takes for a file is its own start. What a call does not convert, because it
hangs, dies or outgrows its limits, is converted alone by the file's loader: only time is lost.
Members of archives, which are not unpacked yet, and files whose need shows only when they are read
(`audit.loaders.doc`) go that way too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.context import BaseContext
from pathlib import Path

from audit.loaders._office_program import found
from audit.loaders._old_word import SUFFIXES, is_old_word
from audit.loaders.base import Limits, Source
from audit.reading import guard, worker
from audit.reading.one_file import Task, Ways

#: Files of one call: its start is then shared by enough, and a hang costs no more than these.
_MOST = 64
#: A file's share of its own time limit that it adds to the time of a call.
_SHARE = 1 / 24


@contextmanager
def converted(tasks: Sequence[Task], ways: Ways, context: BaseContext) -> Iterator[Ways]:
    """The ways, with the folder of what was converted; it goes when the context ends."""
    old = [s for s in _sources(tasks, ways) if is_old_word(s.path, ways.limits)]
    if len(old) < 2 or found(ways.office) is None:
        yield ways
        return
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as folder:
        for first in range(0, len(old), _MOST):
            _convert(old[first : first + _MOST], Path(folder), ways.limits, context)
        yield replace(ways, converted=Path(folder))


def _sources(tasks: Sequence[Task], ways: Ways) -> Iterator[Source]:
    for task in tasks:
        source = Source(task.path, task.name, ways.limits, office=ways.office)
        if task.refused is None and source.suffix in SUFFIXES:
            yield source


def _convert(sources: Sequence[Source], folder: Path, limits: Limits, context: BaseContext) -> None:
    """Convert by one call, in a process that is held to what one for reading is held to."""
    limits = replace(limits, seconds=limits.seconds * (1 + _SHARE * len(sources)))
    process = context.Process(  # type: ignore[attr-defined]
        target=_work, args=(sources, folder, limits), daemon=True
    )
    process.start()
    try:
        process.join(limits.seconds + worker.START)
    finally:
        worker.dismiss(process)


def _work(sources: Sequence[Source], folder: Path, limits: Limits) -> None:
    """The process's part."""
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
        worker.obey(scratch)
        from audit.loaders import office

        guard.hold(limits)
        guard.hold_time(limits)
        worker.silence()
        office.convert_ahead(sources, folder, limits.seconds)
