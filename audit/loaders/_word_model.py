"""What the readers of word-processor formats find in a file, before it becomes blocks with places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from audit.document import Block

#: A cell stands alone, begins a vertical merge, or goes on with the one above (then it is hidden).
Merge = Literal["", "start", "on"]


@dataclass(slots=True)
class Text:
    """A paragraph as it prints, `\\n` at line breaks; `heading` by its style or outline level."""

    text: str
    heading: bool = False


@dataclass(slots=True)
class Image:
    """A picture; its width and height in points."""

    width: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class Slot:
    """A table cell: its edges in twips from the table's left, how it is merged, what it holds."""

    left: int
    right: int
    merge: Merge = ""
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table's rows, each with its cells from left to right; cells merged sideways are one."""

    rows: list[list[Slot]]


@dataclass(slots=True)
class Inserted:
    """What another program's file inside the document shows, read already."""

    blocks: tuple[Block, ...]


Item = Text | Image | Table | Inserted
