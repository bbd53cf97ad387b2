"""What the page reader finds before it becomes blocks: text, pictures, tables not yet judged."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Text:
    """One paragraph or line; `linked` is how many of its characters are links."""

    text: str
    heading: bool = False
    linked: int = 0


@dataclass(slots=True)
class Image:
    """A picture, its width and height in pixels, 0 where the page does not say."""

    width: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class Slot:
    """A table cell as marked up: `row_span` 0 reaches down to the end of its row group."""

    row_span: int = 1
    column_span: int = 1
    items: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its paragraphs, one a line; what tables inside it say is not among them."""
        return "\n".join(i.text for i in self.items if isinstance(i, Text))


@dataclass(slots=True)
class Row:
    """A table row; rows of one `group` (thead, tbody, tfoot) can share cells.

    `line` is its number in the page's source (from 1), 0 where it is that in the table.
    """

    group: int
    slots: list[Slot] = field(default_factory=list)
    line: int = 0


@dataclass(slots=True)
class Placed:
    """A cell on the grid, from 0; `line` and `ordinal` are where the page has it, from 1."""

    slot: Slot
    row: int
    column: int
    row_span: int
    column_span: int
    line: int
    ordinal: int


@dataclass(slots=True)
class Board:
    """A table that holds data; `table` is the same for the parts that running text cuts it into."""

    cells: list[Placed]
    table: object


Item = Text | Image | Board
