"""Tables typed as lines of text whose cells are parted by Chinese semicolons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audit.document import Block, Paragraph

_SIGN = "；"
_FIGURE = re.compile(r"[-+]?\d[\d.]*")
#: A cell is no longer than this; so many labels stand before a row's figures at most; fewer lines
#: with figures are none of a table.
_LONGEST, _LABELS, _LINES = 40, 3, 4


def plainly_parted(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, such lines with plain semicolons; lines of words above one are its header."""
    kinds = [_kind(block) for block in blocks]
    if kinds.count("figures") < _LINES:
        return blocks
    return [
        replace(block, text=block.text.replace(_SIGN, ";"))
        if isinstance(block, Paragraph) and _is_row(kinds, at)
        else block
        for at, block in enumerate(blocks)
    ]


def _kind(block: Block) -> str:
    """`figures` if a line has cells that are figures behind a label or a few; `words`; or nothing."""
    if not isinstance(block, Paragraph) or _SIGN not in block.text or "。" in block.text:
        return ""
    cells = [cell for part in block.text.split(_SIGN) if (cell := part.strip())]
    if max(map(len, cells), default=0) > _LONGEST:
        return ""
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    return "figures" if figures and len(cells) - figures <= _LABELS else "words"


def _is_row(kinds: Sequence[str], at: int) -> bool:
    """Whether a line has figures, or stands with others of words above one that has."""
    while kinds[at] == "words" and at + 1 < len(kinds):
        at += 1
    return kinds[at] == "figures"
