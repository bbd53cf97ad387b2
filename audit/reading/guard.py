"""What the system itself holds a reading process to, beside the loaders' own limits.

The loaders' limits (size, unpacked size, pages, cells, characters, members, depth) and the time
limit, which the parent keeps by ending the process, hold on every system. Beyond them:

- Linux: memory (`RLIMIT_DATA`: what the process takes for itself), the size of any file it writes,
  and processor time, which ends a process even where its parent is gone. No core files.
- macOS: the same calls, but the system does not hold mapped memory to `RLIMIT_DATA`.
- Windows: none of these; a file that outgrows memory is left to the system and the time limit.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from audit.loaders.base import Limits

#: Seconds on top of the limit before the system steps in: the parent comes first.
_GRACE = 30


def hold(limits: Limits) -> None:
    """Set the limits of this process that last as long as it does."""
    if sys.platform == "win32":
        return
    import resource

    # What is there already, after a fork even the parent's, is not the file's doing.
    memory = _taken() + limits.memory_mb * 2**20
    written = (limits.unpacked_mb + limits.file_mb) * 2**20
    for kind, most in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most, hard))


def hold_time(limits: Limits) -> None:
    """Let the system end this process if the next file takes far too long on all its cores."""
    if sys.platform == "win32":
        return
    import resource

    spent = resource.getrusage(resource.RUSAGE_SELF)
    most = spent.ru_utime + spent.ru_stime + limits.seconds * (os.cpu_count() or 1) + _GRACE
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(most), hard))


def _taken() -> int:
    """Bytes this process holds for itself; 0 where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
