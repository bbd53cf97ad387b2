"""Reading many files, in this process or in several, results always in the order of the tasks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from audit.read import Reading, Task, Ways, read


def read_all(tasks: Sequence[Task], ways: Ways, jobs: int | None) -> Iterator[list[Reading]]:
    """The readings of each task, in order. `jobs` is the number of processes; None: the cores."""
    workers = min(jobs or os.cpu_count() or 1, len(tasks))
    work = partial(read, ways=ways)
    if workers <= 1:
        yield from map(work, tasks)
        return
    with ProcessPoolExecutor(workers) as executor:
        yield from executor.map(work, tasks)
