"""Tells a list of units, a row or column for each, from the form: it is no report, whatever its labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from audit.document import Block, Grid, Paragraph
from audit.recognise.normalise import squeezed
from audit.values import looks_like_value

_HEAD = re.compile(
    r"(?:填报|报送|报告|公开|责任|编制)?(?:单位|部门|机关|机构|主体|乡镇|镇街|街镇|镇办)(?:名称|全称|[（(].{1,8}[）)])?"
    r"|(?:乡镇|镇)(?:[、/（(]?街道(?:办)?[）)]?)|名称"
)
_UNIT = re.compile(
    r"[\u3400-\u9fff]{1,18}(?:镇|乡|街道|办事处|苏木|局|委员会|管委会|委|办|办公室|厅|院|中心|站|所|县|区|市|集团|公司)"
)
#: What most units' names end with: asked of every cell before anything else is.
_ENDS = frozenset("镇乡道处木局会委办室厅院心站所县区市团司队馆社部")
_NUMBER = re.compile(r"^[(（]?\d{1,3}[)）.．、](?=\D)")
_PARTS = re.compile(r"\s*[|｜]\s*|\s+")
#: What most units' names end with, at the end of a cell in a line.
_ENDED = re.compile(rf"[{''.join(sorted(_ENDS))}]\s*[|｜\s]")
#: The longest line of a table with a cell for each of the form's.
_LINE = 4_000
#: The longest name; a longer text is none.
_LONGEST = 30
#: Without so many units nothing is a list.
FEW = 2
#: So many units below one another are a list, each with so many figures beside it.
_UNITS, _FIGURES = 3, 3


def may_list(blocks: Sequence[Block]) -> bool:
    """Whether a grid or lines have so many units' names at all; next to nothing where they have not."""
    lines = 0
    for block in blocks:
        if isinstance(block, Grid):
            if sum(may_name(c.text) for c in block.cells) >= FEW:
                return True
        elif isinstance(block, Paragraph) and _may_list(block.text):
            lines += sum(map(may_name, pieces(block.text)))
    return lines >= FEW


def _may_list(text: str) -> bool:
    parted = "|" in text or "\t" in text or "｜" in text or text.count(" ") > 1
    return parted and _ENDED.search(text) is not None


def pieces(text: str) -> list[str]:
    """What stands between bars, tabs and blanks in a line."""
    return _PARTS.split(text.strip(" |｜\t")) if len(text) <= _LINE else []


def may_name(text: str) -> bool:
    """Whether a text ends as units' names do, a number before it or not."""
    return text[-1:] in _ENDS and len(text) <= _LONGEST and is_unit(bare_name(text))


def bare_name(text: str) -> str:
    """A name without blanks and without a number before it."""
    return _NUMBER.sub("", squeezed(text))


def lists_units(blocks: Sequence[Block]) -> bool:
    """Whether a table has units' names down a column so headed, or across a row, figures to each."""
    heads = {b.place.column for b in blocks if isinstance(b, Paragraph) and is_head(b.text)}
    return any(isinstance(block, Grid) and _is_list(block, heads) for block in blocks)


def is_head(text: str) -> bool:
    """Whether a text heads a column of units' names."""
    return len(text) <= 16 and _HEAD.fullmatch(squeezed(text)) is not None


def is_unit(squeezed_text: str) -> bool:
    """Whether a text without blanks ends as units' names do."""
    return _UNIT.fullmatch(squeezed_text) is not None


def _is_list(grid: Grid, heads: Collection[int | None]) -> bool:
    """`heads` are the sheet's columns whose heading stands above the grid, as text."""
    figures = [c for c in grid.cells if c.text.strip() and looks_like_value(c.text)]
    beside, below = Counter(c.row for c in figures), Counter(c.column for c in figures)
    headed = {c.column for c in grid.cells if is_head(c.text)}
    down: Counter[int] = Counter()
    across: Counter[int] = Counter()
    for cell in grid.cells:
        if not is_unit(squeezed(cell.text)):
            continue
        if cell.column in headed or (cell.place.column is not None and cell.place.column in heads):
            down[cell.column] += beside[cell.row] >= _FIGURES
        across[cell.row] += below[cell.column] >= _FIGURES
    return any(n >= _UNITS for n in (*down.values(), *across.values()))
