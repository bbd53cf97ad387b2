"""How likely a repair is as a slip of the pen: the cost of the story "this was written for that"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rapidfuzz.distance import DamerauLevenshtein

from audit.localise.closed import Repair
from audit.localise.network import Network
from rules.vocabulary import Text

UNFILLED = Text("合计漏填", "the total was left unfilled")
STALE = Text("合计未随分项更新", "the total was not brought up to date")
SIGN = Text("多写了负号", "a minus sign too many")
POINT = Text("不是整数", "not a whole number")
TRANSPOSED = Text("相邻数字写反", "neighbouring digits transposed")
ZERO_MORE = Text("多写或少写一个 0", "a zero too many or too few")
DIGIT = Text("错、漏或多一位数字", "one digit wrong, missing or too many")
EMPTY = Text("漏填或误填", "left out, or filled in by mistake")
COPIED = Text("与相邻格数字相同，可能填串", "same as the cell beside it, perhaps copied")
SWAPPED = Text("两格数字互换", "the two cells were swapped")
MOVED = Text("数字填到了相邻格", "the figure stands in the neighbouring cell")
SHARED = Text("一格多出的正是另一格所少的", "one cell has too much what the other lacks")
ONLY = Text("只有改这一处，各式才全部成立", "only this change makes every equation hold")
AMONG = Text("改这一处后各式全部成立", "this change makes every equation hold")

TOGETHER = Text("这几处一并改后各式全部成立", "these changes together make every equation hold")


def story(written: int, meant: int, is_total: bool) -> tuple[float, Text]:
    """The cost (lower is likelier) of writing one number for another, and the slip's name.

    A total is less likely typed wrong than left as it was before the last entry: so one that is too
    small is likelier than one that is too large.
    """
    if written == -meant:
        return 0.0, SIGN
    if is_total and written == 0 and meant:
        return 0.1, UNFILLED
    if written == 0 or meant == 0:
        return 0.8, EMPTY
    if written < 0:
        return 1.0, AMONG
    if written == 10 * meant or meant == 10 * written:
        return 0.3, ZERO_MORE
    a, b = str(written), str(meant)
    distance = DamerauLevenshtein.distance(a, b)
    if distance == 1 and sorted(a) == sorted(b):
        return 0.2, TRANSPOSED
    if distance == 1 and len(a) + len(b) > 2:
        return 0.5, DIGIT
    return (0.6, STALE) if is_total and meant > written else (1.0, AMONG)


def cost(network: Network, values: Sequence[int], repair: Repair) -> tuple[float, list[Text]]:
    """The cost of a repair and, for each of its cells, why it is believed."""
    totals = set(network.totals.tolist())
    told = [
        _alone(network, values, cell, new, cell in totals)
        for cell, new in zip(repair.cells, repair.values, strict=True)
    ]
    prices, reasons = [p for p, _ in told], [r for _, r in told]
    for i, j in combinations(range(len(repair.cells)), 2):
        together = _together(network, values, repair, i, j)
        if together is not None and together[0] < prices[i] + prices[j]:
            prices[i] = prices[j] = together[0] / 2
            reasons[i] = reasons[j] = together[1]
    return sum(prices), reasons


def _alone(
    network: Network, values: Sequence[int], cell: int, new: int, is_total: bool
) -> tuple[float, Text]:
    written = int(values[cell])
    price, reason = story(written, new, is_total)
    if price > 0.6 and written:
        apart = abs(network.places - network.places[cell]).sum(axis=1)
        if any(int(values[i]) == written for i in (apart == 1).nonzero()[0]):
            return 0.6, COPIED
    return price, reason


def _together(
    network: Network, values: Sequence[int], repair: Repair, i: int, j: int
) -> tuple[float, Text] | None:
    """The one slip that made both cells wrong, if there is one: cheaper the nearer they stand."""
    one, other = repair.cells[i], repair.cells[j]
    old = (int(values[one]), int(values[other]))
    new = (repair.values[i], repair.values[j])
    if new[0] - old[0] != old[1] - new[1]:
        return None
    rows, columns = abs(network.places[one] - network.places[other]).tolist()
    near = rows + columns == 1
    line = rows == 0 or columns == 0
    if new == (old[1], old[0]):
        moved = 0 in old
        beside = 0.0 if moved else 0.05  # a cell missed is commoner than two exchanged
        return (beside if near else 0.5 if line else 0.8), MOVED if moved and near else SWAPPED
    if line:
        return (0.9 if near else 1.2), SHARED
    return None
