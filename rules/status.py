"""How a cell was read; apart from the frames, so that readers need not import pandas."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """How a cell was read. Only NUMBER carries a value."""

    NUMBER = 0
    BLANK = 1
    #: `/`, `-`, `—`, 无 where a number belongs.
    PLACEHOLDER = 2
    #: Some other text where a number belongs.
    TEXT = 3
    #: Something stands there, but what it is can't be told with certainty (F004).
    UNSURE = 4
    #: The document has no such row or column (S105, S106), or no such table (S104).
    ABSENT = 5
    #: Not a cell of the form that this report uses.
    OUTSIDE = 6
