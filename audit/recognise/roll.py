"""Tells a list of units, a row for each, from the form: it is no report, whatever its labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.document import Block, Grid
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
    """Whether a table has a column of units' names under such a heading, figures beside each."""
    return any(isinstance(block, Grid) and _is_list(block) for block in blocks)


def _is_list(grid: Grid) -> bool:
    heads = [c for c in grid.cells if len(c.text) <= 16 and _HEAD.fullmatch(squeezed(c.text))]
    if not heads:
        return False
    figures: dict[int, int] = {}
    for cell in grid.cells:
        if cell.text.strip() and looks_like_value(cell.text):
            figures[cell.row] = figures.get(cell.row, 0) + 1
    for head in heads:
        units = [
            c
            for c in grid.cells
            if c.column == head.column and c.row > head.row and _UNIT.fullmatch(squeezed(c.text))
        ]
        if sum(figures.get(c.row, 0) >= _FIGURES for c in units) >= _UNITS:
            return True
    return False
