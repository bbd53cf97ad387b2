"""Pictures whose names differ by a page's number alone: the pages of one report, read as one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePath

from audit.loaders.formats.image import LOADER as PICTURES

#: 年报-1, 年报_02, 年报 (3), 年报第4页, 年报5: never a year, which has four digits.
_NUMBERED = re.compile(
    r"^(?P<name>.*?)[\s_.\-－—（(]*(?:第)?(?<!\d)(?P<number>0?[1-9]|[1-9]\d)\s*页?[)）]?$"
)
#: More pictures than this are no report's pages, and would take longer than one file may.
_MOST = 20


def together(names: Sequence[str]) -> dict[int, list[int]]:
    """Positions of first pages → those of the pages that follow, in their order.

    Pages stand in one folder and are numbered from 1 without a gap. Reports that follow one another
    so are still told apart by their titles.
    """
    numbered: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
    for position, name in enumerate(names):
        path = PurePath(name)
        found = _NUMBERED.match(path.stem) if path.suffix.lower() in PICTURES.suffixes else None
        if found:
            group = numbered[str(path.parent), found["name"], path.suffix.lower()]
            if group.setdefault(int(found["number"]), position) != position:
                group[0] = position  # one number twice: which is the page can't be told
    told = {}
    for pages in numbered.values():
        if 2 <= len(pages) <= _MOST and sorted(pages) == list(range(1, len(pages) + 1)):
            first, *rest = (pages[number] for number in sorted(pages))
            told[first] = rest
    return told
