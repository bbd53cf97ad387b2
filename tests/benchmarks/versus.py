"""Our time against others' in one run: rounds taken in turn, the least of each, as a ratio."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

Work = Callable[[], object]


@dataclass
class Row:
    """One line of a table: our seconds, each rival's, the ratio allowed, further figures."""

    title: str
    ours: float
    rivals: dict[str, float]
    most: Mapping[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def note(self, **figures: str) -> Row:
        """Add figures (peak memory, reports a second) to the line."""
        self.notes |= figures
        return self

    def __str__(self) -> str:
        parts = [f"{self.title:<36} {_seconds(self.ours):>10}"]
        for name, seconds in self.rivals.items():
            ratio = self.ours / seconds if seconds else float("nan")
            limit = f" (≤ {self.most[name]:g}×)" if name in self.most else ""
            parts.append(f"{ratio:.2f}× {name} {_seconds(seconds)}{limit}")
        parts += [f"{name} {value}" for name, value in self.notes.items()]
        return " | ".join(parts)


class Versus:
    """What the fixture `versus` gives a benchmark: `versus(title, ours, {name: rival}, most={...})`.

    Rivals run in the rounds' setup, so that ours and theirs meet the same weather on the machine.
    """

    def __init__(self, benchmark: Any, table: list[Row]) -> None:
        self._benchmark = benchmark
        self._table = table

    def __call__(
        self,
        title: str,
        ours: Work,
        rivals: Mapping[str, Work] | None = None,
        *,
        rounds: int = 5,
        most: Mapping[str, float] | None = None,
    ) -> Row:
        """Measure, and put the line into the module's table; `most` are the targets by rival."""
        taken: dict[str, list[float]] = {name: [] for name in rivals or {}}

        def meet() -> None:
            for name, work in (rivals or {}).items():
                start = time.perf_counter()
                work()
                taken[name].append(time.perf_counter() - start)

        self._benchmark.pedantic(ours, setup=meet, rounds=rounds, warmup_rounds=1)
        stats = self._benchmark.stats
        mine = stats.stats.min if stats is not None else float("nan")
        row = Row(title, mine, {n: min(t) for n, t in taken.items()}, dict(most or {}))
        self._table.append(row)
        return row

    def told(self, title: str, seconds: float, **figures: str) -> Row:
        """A line that was measured by other means."""
        row = Row(title, seconds, {}, {}, dict(figures))
        self._table.append(row)
        return row


def peak_mb(work: Work) -> float:
    """Mebibytes that a piece of work adds at its peak, in a forked process (Linux only)."""
    ours, theirs = get_context("fork").Pipe()
    process = get_context("fork").Process(target=_measured, args=(work, theirs))
    process.start()
    theirs.close()
    found: float = ours.recv()
    process.join()
    return found


def _measured(work: Work, pipe: Any) -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _memory("VmRSS")
    work()
    pipe.send((_memory("VmHWM") - before) / 1024)
    pipe.close()
    os._exit(0)


def _memory(key: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{key}:")))


def _seconds(value: float) -> str:
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"
