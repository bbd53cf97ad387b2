"""How likely a repair is as a slip of the pen: the cost of the story "this was written for that"."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import DamerauLevenshtein

from audit.localise.closed import Repair
from audit.localise.network import Network
from rules.form import load_form
from rules.vocabulary import Text

UNFILLED = Text("合计漏填", "the total was left unfilled")
TRANSPOSED = Text("相邻数字写反", "neighbouring digits transposed")
ZERO_MORE = Text("多写或少写一个 0", "a zero too many or too few")
DIGIT = Text("错、漏或多一位数字", "one digit wrong, missing or too many")
EMPTY = Text("漏填或误填", "left out, or filled in by mistake")
SWAPPED = Text("两格数字互换", "the two cells were swapped")
MOVED = Text("数字填到了相邻格", "the figure stands in the neighbouring cell")
ONLY = Text("只有改这一处，各式才全部成立", "only this change makes every equation hold")
AMONG = Text("改这一处后各式全部成立", "this change makes every equation hold")


def story(written: int, meant: int, is_total: bool) -> tuple[float, Text]:
    """The cost (lower is likelier) of writing one number for another, and the slip's name."""
    if is_total and written == 0 and meant:
        return 0.1, UNFILLED
    if written == 10 * meant or meant == 10 * written:
        return (0.3, ZERO_MORE) if written and meant else (0.8, EMPTY)
    if written == 0 or meant == 0:
        return 0.8, EMPTY
    a, b = str(written), str(meant)
    distance = DamerauLevenshtein.distance(a, b)
    if distance == 1 and sorted(a) == sorted(b):
        return 0.2, TRANSPOSED
    return (0.5, DIGIT) if distance == 1 else (1.0, AMONG)


def cost(network: Network, values: Sequence[int], repair: Repair) -> tuple[float, list[Text]]:
    """The cost of a repair and, for each of its cells, why it is believed."""
    totals = set(network.totals.tolist())
    told = [
        story(int(values[cell]), new, cell in totals)
        for cell, new in zip(repair.cells, repair.values, strict=True)
    ]
    sum_of, reasons = sum(c for c, _ in told), [r for _, r in told]
    if len(repair.cells) != 2:
        return sum_of, reasons
    i, j = repair.cells
    old = (int(values[i]), int(values[j]))
    near = _neighbours(network.cells[i], network.cells[j])
    if repair.values == (old[1], old[0]):
        return sum_of - 1.0 - 0.3 * near, [SWAPPED, SWAPPED]
    moved = (repair.values[0] == 0 and old[1] == 0 and repair.values[1] == old[0]) or (
        repair.values[1] == 0 and old[0] == 0 and repair.values[0] == old[1]
    )
    if moved and near:
        return sum_of - 1.1, [MOVED, MOVED]
    return sum_of - 0.3 * near, reasons


def _neighbours(one: str, other: str) -> bool:
    """Whether two cells touch in the form: same row, next column, or the other way round."""
    table, row_a, column_a = one.split(".")
    _, row_b, column_b = other.split(".")
    block = load_form(2021).tables[table].blocks[0]
    rows = [r.key for r in block.rows]
    columns = [c.key for c in block.columns]
    if row_a == row_b:
        return abs(columns.index(column_a) - columns.index(column_b)) == 1
    if column_a != column_b or row_a not in rows or row_b not in rows:
        return False
    return abs(rows.index(row_a) - rows.index(row_b)) == 1
