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
#: So many units below one another are a list, each with so many figures beside it.
_UNITS, _FIGURES = 3, 3


def lists_units(blocks: Sequence[Block]) -> bool:
    """Whether a table has units' names down a column so headed, or across a row, figures to each."""
    heads = {b.place.column for b in blocks if isinstance(b, Paragraph) and _is_head(b.text)}
    return any(isinstance(block, Grid) and _is_list(block, heads) for block in blocks)


def _is_head(text: str) -> bool:
    return len(text) <= 16 and _HEAD.fullmatch(squeezed(text)) is not None


def _is_list(grid: Grid, heads: Collection[int | None]) -> bool:
    """`heads` are the sheet's columns whose heading stands above the grid, as text."""
    figures = [c for c in grid.cells if c.text.strip() and looks_like_value(c.text)]
    beside, below = Counter(c.row for c in figures), Counter(c.column for c in figures)
    headed = {c.column for c in grid.cells if _is_head(c.text)}
    down: Counter[int] = Counter()
    across: Counter[int] = Counter()
    for cell in grid.cells:
        if not _UNIT.fullmatch(squeezed(cell.text)):
            continue
        if cell.column in headed or (cell.place.column is not None and cell.place.column in heads):
            down[cell.column] += beside[cell.row] >= _FIGURES
        across[cell.row] += below[cell.column] >= _FIGURES
    return any(n >= _UNITS for n in (*down.values(), *across.values()))
