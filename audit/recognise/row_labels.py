"""What the label cells of a grid's rows and columns say: where they end, and what they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from audit.document import Cell
from audit.recognise.labels import (
    BARE,
    GROUPS,
    TOPS,
    application_columns,
    application_rows,
    disclosure_columns,
    disclosure_rows,
    dispute_columns,
    dispute_rows,
    row_named,
)
from audit.recognise.normalise import key


def own_labels(labels: list[Cell]) -> list[Cell]:
    """A row's labels without those of groups."""
    return [c for c in labels if key(c.text) not in GROUPS] or labels[-1:]


def row_of(own: Sequence[Cell]) -> tuple[str, str] | None:
    """The row that labels stand for; a bare 合计 may be any table's."""
    if not own or key(own[-1].text) in BARE:
        return None
    return row_named(own[-1].text, "".join(c.text for c in own))


def row_within(table: str | None, leaf: str, whole: str) -> tuple[str, str] | None:
    """`row_named`, in this table: a bare 合计 in table two is a sum put in there, not table three's."""
    bare = table == "disclosure" and key(whole) in BARE
    return None if bare else row_named(leaf, whole)


def label_end(line: Sequence[Cell]) -> int:
    """The grid column behind the last cell that is a row's label word for word; 0 if none is."""
    end = 0
    for cell in line:
        whole = key(cell.text)
        known = whole in application_rows().names or whole in disclosure_rows().names
        if known and whole not in BARE:
            end = max(end, cell.column + cell.column_span)
    return end


def heads(text: str) -> bool:
    """Whether a cell's text is a column's label, or one above column labels."""
    whole = key(text)
    return bool(whole) and (
        whole in application_columns().names
        or whole in dispute_columns().names
        or whole in dispute_rows().names
        or whole in disclosure_columns().names
        or whole in TOPS
    )


def may_head(text: str) -> bool:
    """Whether a cell's text is such a label, or what is left of one."""
    wordings = (application_columns(), dispute_columns(), dispute_rows(), disclosure_columns())
    return heads(text) or any(w.find(text) is not None for w in wordings)
