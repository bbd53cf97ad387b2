"""Blocks → sections and canonical cells, by labels' wording and order, for every format alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from audit.document import Block, Cell, Document, Grid, Paragraph, Picture, Place
from audit.recognise.assemble import assemble
from audit.recognise.clean import cleaned
from audit.recognise.grid import read_grids
from audit.recognise.lines import read_lines
from audit.recognise.normalise import key
from audit.recognise.retitled import Heading
from audit.recognise.rows import TableRead
from audit.recognise.sections import headings, opens_report
from audit.recognise.side import apart, tied
from audit.recognise.unseen import is_empty_form
from audit.report import Body, Observation, ReadSection
from audit.values import looks_like_value
from rules.form import TABLES

_TITLE = re.compile(r"(信息公开|政务公开).{0,12}(年度报告|年报|工作报告|年度报)")
#: How the first row of table three begins, in whatever pieces it is printed.
_FIRST_ROW = key("一、本年新收")
#: What stands above and in the first row of table two.
_FIRST_LABELS = frozenset(map(key, ("第二十条第（一）项", "规章")))
#: So many figures in one line that belong to no row are part of a table.
_FIGURES = 3
#: Pictures narrower than this (points or pixels) are stamps and signs, not tables.
_WIDE = 150.0


@dataclass(frozen=True, slots=True)
class Part:
    """One report of a document; `name` tells the parts apart where there are several."""

    body: Body
    name: str | None = None


def recognise(document: Document) -> list[Part]:
    """Every report that a document holds, in order."""
    shares = _shares(list(apart(cleaned(document.blocks))))
    parts = [Part(_body(share), _name(share, n)) for n, share in enumerate(shares, start=1)]
    told = [part for part in parts if not is_empty_form(part.body)] or parts
    return told if len(told) > 1 else [Part(told[0].body)]


def _shares(blocks: Sequence[Block]) -> list[Sequence[Block]]:
    """The blocks of each report, where several stand one after the other."""
    starts = [n for n, block in enumerate(blocks) if _opens_applications(block)]
    cuts = [0]
    for before, start in pairwise(starts):
        cut = _cut(blocks, before + 1, start)
        if cut is not None:
            cuts.append(cut)
    return [blocks[a:b] for a, b in zip(cuts, [*cuts[1:], len(blocks)], strict=True)]


def _cut(blocks: Sequence[Block], first: int, last: int) -> int | None:
    """Where between two third tables a new report begins: its title, its sheet, or section one."""
    opened = _sheet_cut(blocks, first, last)
    if opened is not None:
        return opened
    opening = next((n for n in range(first, last) if opens_report(blocks[n])), None)
    titles = [n for n in range(first, last if opening is None else opening) if _is_title(blocks[n])]
    if opening is None:
        return titles[0] if titles else None
    return titles[-1] if titles else opening


def _sheet_cut(blocks: Sequence[Block], first: int, last: int) -> int | None:
    """The sheet with which a new report begins: where its text or its second table opens.

    The first new sheet where neither does; None where all blocks are of one sheet.
    """
    sheets = [b.place.sheet for b in blocks]
    changes = [n for n in range(first, last + 1) if sheets[n] != sheets[n - 1]]
    if not changes or sheets[first - 1] is None:
        return None
    opening = next((n for n in range(changes[0], last) if _opens_tables(blocks[n])), changes[0])
    return max((n for n in changes if n <= opening), default=changes[0])


def _opens_tables(block: Block) -> bool:
    """Whether a block is the heading of section one, or holds the first rows of table two."""
    if isinstance(block, Grid):
        return any(c.text and key(c.text) in _FIRST_LABELS for c in block.cells)
    return opens_report(block)


def _opens_applications(block: Block) -> bool:
    if isinstance(block, Grid):
        return any("年新收" in c.text and _FIRST_ROW in key(c.text) for c in block.cells)
    if not isinstance(block, Paragraph) or "新收" not in block.text:
        return False
    return _FIRST_ROW in key(block.text)


def _is_title(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    text = key(block.text)
    return len(text) < 60 and (
        _TITLE.search(text) is not None or (block.place.sheet is not None and block.heading)
    )


def _name(share: Sequence[Block], number: int) -> str:
    first = next((b for b in share if _is_title(b)), None)
    return first.text.strip() if isinstance(first, Paragraph) else str(number)


def _body(blocks: Sequence[Block]) -> Body:
    found = headings(blocks)
    grids = [b for b in blocks if isinstance(b, Grid)]
    read = read_grids(grids)
    sections, streamed = _sections(blocks, found, read)
    read.rows += streamed.rows
    read.headers += streamed.headers
    read.unread = {**streamed.unread, **read.unread}
    read.fee_header = read.fee_header or streamed.fee_header
    mixed = dict(tied(blocks))
    read.unread = {**mixed, **read.unread}
    read.strange = {**mixed, **dict(_strange(blocks, found, read.told))}
    told = assemble(read, dict(_pictures(blocks, found)))
    scanned = [
        Observation("page_scanned", None, "", "本页是图片，文字由识别得出", cell.place)
        for cell in islice(filter(_is_recognised, (c for g in grids for c in g.cells)), 1)
    ]
    unread = [
        Observation("page_unread", None, "", "本页是图片，没有可读取的文字", b.place)
        for b in blocks
        if isinstance(b, Picture) and b.place.page is not None and _fills_page(b)
    ]
    return Body(
        tuple(sections), tuple(told.cells), (*told.observations, *scanned, *unread), told.edition
    )


def _is_recognised(cell: Cell) -> bool:
    """Whether a cell was read from a picture: recognisers are never wholly sure, though not in doubt."""
    return cell.confidence < 1 and not cell.doubt


def _fills_page(picture: Picture) -> bool:
    return picture.size[0] >= 400 and picture.size[1] >= 500


def _sections(
    blocks: Sequence[Block], found: Sequence[Heading], read: TableRead
) -> tuple[list[ReadSection], TableRead]:
    """Each heading's text; tables that no grid holds are read out of the lines."""
    streamed = TableRead()
    have = {row.table for row in read.rows}
    starts = [h.first for h in found]
    shares: list[tuple[Heading | None, Sequence[Block]]] = [
        (None, blocks[: starts[0] if starts else len(blocks)])
    ]
    for heading, end in zip(found, [*starts, len(blocks)][1:], strict=True):
        shares.append((heading, blocks[heading.last + 1 : end]))
    sections = []
    for told, share in shares:
        lines = [b for b in share if isinstance(b, Paragraph)]
        if told is not None:
            lines = [p for p in lines if not _is_sheet_name(p)]
        if told is not None and told.rest:
            lines.insert(0, Paragraph(told.rest, told.place))
        lines = _without_tables(lines, have, streamed, told is not None and told.key in TABLES)
        if told is None:
            place = lines[0].place if lines else Place()
            sections.append(_section("preamble", "", "", lines, place))
        else:
            sections.append(_section(told.key, told.number, told.title, lines, told.place))
    return sections, streamed


def _is_sheet_name(line: Paragraph) -> bool:
    """Whether a line is only the name on a sheet's tab, which is no part of the text."""
    return line.heading and line.place.sheet == line.text and line.place.row is None


def _without_tables(
    lines: list[Paragraph], have: Collection[str], streamed: TableRead, headed: bool
) -> list[Paragraph]:
    """The lines that are text; rows of tables that no grid holds (`have`) go to `streamed`."""
    told = read_lines(lines, headed)
    fresh = [r for r in told.table.rows if r.table not in have]
    for row in told.table.rows:
        if row.table in have and row.name is not None and row.place.page is not None:
            streamed.unread.setdefault(row.table, row.place)
    if not fresh and not told.table.headers:
        return lines
    streamed.unread |= {t: p for t, p in told.table.unread.items() if t not in have}
    streamed.rows += fresh
    streamed.headers += [h for h in told.table.headers if h.table not in have or h.disordered]
    streamed.fee_header = streamed.fee_header or told.table.fee_header
    return [p for n, p in enumerate(lines) if n not in told.lines]


def _section(
    name: str | None, number: str, title: str, lines: Sequence[Paragraph], place: Place
) -> ReadSection:
    return ReadSection(name, number, title, tuple(_joined(lines)), place)


_OPEN = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[一二三四五六七八九十]是)"
)
#: Lines no longer than this (in characters) may be broken by width; a line is full from this share.
_LONGEST_LINE, _FULL = 60.0, 0.85
_CLOSED = tuple("。；：！？”）;:!?)")


def _joined(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Sentences that line ends cut in two, made whole; a line that closes or opens one stays."""
    held: Paragraph | None = None
    widest = max((_width(p.text) for p in lines), default=0.0)
    wrapped = widest <= _LONGEST_LINE
    last = 0.0
    for line in lines:
        now = line.text.strip()
        if held is None:
            held = line
        elif (
            not wrapped
            or held.text.rstrip().endswith(_CLOSED)
            or line.heading
            or held.heading
            or line.place.line is None
            or last < _FULL * widest
            or _OPEN.match(now)
        ):
            yield held
            held = line
        else:
            held = Paragraph(held.text.rstrip() + now, held.place, held.heading)
        last = _width(line.text)
    if held is not None:
        yield held


def _width(text: str) -> float:
    """A line's width in characters, those of half width counted half."""
    text = text.strip()
    return len(text) - 0.5 * len(text.encode("ascii", "ignore"))


def _strange(
    blocks: Sequence[Block], found: Sequence[Heading], told: Sequence[frozenset[str]]
) -> Iterator[tuple[str, Place]]:
    """Where under the heading of a table stand bare figures, or a page's grid that tells of no other.

    If no cell of that table was read, this is the table, and nobody could read it.
    """
    numbers = {id(b): n for n, b in enumerate(b for b in blocks if isinstance(b, Grid))}
    for table, share in _under(blocks, found):
        figures = 0
        for block in share:
            if isinstance(block, Paragraph):
                # A line of a page holds a row; text may have one value a line.
                figures = _figures(block) + (figures if block.place.page is None else 0)
                unknown = figures >= _FIGURES
            elif isinstance(block, Grid) and block.place.page is not None:
                unknown = told[numbers[id(block)]] <= {table}
            else:
                continue
            if unknown:
                yield table, block.place
                break


def _figures(line: Paragraph) -> int:
    """How many figures stand by themselves in a line that is no sentence."""
    if "。" in line.text:
        return 0
    return sum(map(looks_like_value, line.text.replace("|", " ").split()))


def _under(
    blocks: Sequence[Block], found: Sequence[Heading]
) -> Iterator[tuple[str, Sequence[Block]]]:
    """Each table whose heading is there, with the blocks under it."""
    starts = [h.first for h in found]
    for heading, end in zip(found, [*starts, len(blocks)][1:], strict=True):
        if heading.key in TABLES:
            yield heading.key, blocks[heading.last + 1 : end]


def _pictures(blocks: Sequence[Block], found: Sequence[Heading]) -> Iterator[tuple[str, Place]]:
    """Where a picture stands under the heading of a table."""
    for table, share in _under(blocks, found):
        for block in share:
            if isinstance(block, Picture) and (block.size[0] >= _WIDE or block.size == (0.0, 0.0)):
                yield table, block.place
                break
