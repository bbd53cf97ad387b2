"""Notes as comments of a Word document, on the cell or paragraph they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.annotate.notes import AUTHOR, NotAnnotatableError, Spot, bare
from rules.vocabulary import Text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def write(
    source: Path, target: Path, notes: Mapping[str | None, str], at: Mapping[str, Spot]
) -> int:
    """Write the copy; gives the number of notes that found no place and stand at the top.

    Raises:
        NotAnnotatableError: python-docx can't open the file.
    """
    from docx import Document

    try:
        document = Document(str(source))
    except Exception as error:  # whatever zip, XML or python-docx make of a damaged file
        raise NotAnnotatableError(
            Text("无法作为 Word 文档打开", "can't be opened as a Word document")
        ) from error
    tables = list(document.element.body.iter(f"{_W}tbl"))
    lost = []
    for place, text in notes.items():
        spot = at.get(place) if place else None
        paragraph = None if spot is None or not place else _find(document, tables, place, spot)
        if paragraph is None:
            lost.append(text)
        else:
            _comment(document, paragraph, text)
    if lost:
        first = next(document.element.body.iter(f"{_W}p"), None)
        if first is None:
            first = document.add_paragraph()._p
        _comment(document, first, "\n".join(lost))
    document.save(str(target))
    return len(lost)


def _find(document: WordDocument, tables: list[Any], place: str, spot: Spot) -> Any:
    """The paragraph's element for a place: one whose text is what the loader read there."""
    if spot.cell is not None:
        return _cell(tables, spot)
    same = [p for p in document.element.body.iter(f"{_W}p") if _is(p, spot.text)]
    return same[spot.nth] if spot.nth < len(same) else None


def _is(paragraph: Any, text: str) -> bool:
    """Whether a paragraph says this; automatic numbers before it are not in its runs."""
    own = _text(paragraph)
    return own == text or (bool(own) and text.endswith(own) and len(own) > len(text) - 6)


def _cell(tables: list[Any], spot: Spot) -> Any:
    cell = spot.cell
    if cell is None or cell.place.table is None or not cell.place.row or not cell.place.column:
        return None
    number = cell.place.table - 1
    ordered = [*tables[number : number + 1], *tables]
    for table in ordered:
        rows = table.findall(f"{_W}tr")
        if cell.place.row > len(rows):
            continue
        slots = list(_slots(rows[cell.place.row - 1]))
        if cell.place.column > len(slots):
            continue
        slot = slots[cell.place.column - 1]
        labels = {_text(s) for s in slots[: cell.place.column]}
        if _text(slot) == spot.text and (spot.before in labels or not spot.before):
            return slot.find(f"{_W}p")
    return None


def _slots(row: Any) -> Iterator[Any]:
    """A row's cells, those in content controls too."""
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _slots(child)


def _text(element: Any) -> str:
    """What an element prints, without blanks: deleted and hidden instructions left out."""
    return bare("".join(t.text or "" for t in element.iter(f"{_W}t")))


def _comment(document: WordDocument, element: Any, text: str) -> None:
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(element, document._body)
    runs = paragraph.runs or [paragraph.add_run()]
    document.add_comment([runs[0], runs[-1]], text=text, author=AUTHOR, initials="NB")
