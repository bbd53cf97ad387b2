"""Tables in HTML that stand in plain text and Markdown, as converters of PDF and Word write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.document import Block, Grid
from audit.loaders.base import Limits

_TAG = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)


def tables(text: str, limits: Limits) -> Iterator[tuple[int, int, Sequence[Block]]]:
    """Where each table begins and ends (characters), and what it holds; nested ones go with theirs.

    Raises:
        UnreadableError: over the limits.
    """
    number = 0
    for start, end in _spans(text):
        from audit.loaders.html import tables_in  # few texts hold any

        found = tables_in(text[start:end], limits, number)
        number += len({b.place.table for b in found if isinstance(b, Grid)})
        yield start, end, found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start, depth = 0, 0
    for tag in _TAG.finditer(text):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, tag.end()
