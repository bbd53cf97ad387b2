"""Lines of text → labelled rows: labels followed by runs of values, however lines are broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.document import Paragraph, Place
from audit.recognise.grid import (
    APPLICATION_KEYS,
    CHANNELS,
    DISPUTE_KEYS,
    choose_block,
    optional_row,
)
from audit.recognise.labels import (
    application_columns,
    application_rows,
    disclosure_columns,
    disclosure_rows,
    dispute_columns,
)
from audit.recognise.normalise import folded, key
from audit.recognise.rows import COUNT, GLUED, Header, RawRow, TableRead, Value
from audit.values import looks_like_value

_BARS = re.compile(r"[|｜\t]")
_GLUED = re.compile(r"(.*[\u4e00-\u9fff）)”])(\d+)$", re.DOTALL)
_ORDINAL = re.compile(r"^\d{1,2}$")
_STARTS = (
    "第二十条第",
    "信息内容",
    "本年制发件数",
    "勾稽关系为",
    "申请人情况",
    "本年新制作数量",
    "结果维持",
)
_TABLE_FOUR = frozenset({"行政复议", "行政诉讼", "行政复议行政诉讼", "结果"})
#: How a whole table on one line begins.
_ONE_LINE = ("行政复议行政诉讼结果维持", "第二十条第一项信息内容", "信息内容本年")
#: Labels that also end longer ones, or stand in headers.
_BARE = frozenset({"其他", "总计", "合计", "公开申请", "申请"})
_ENDS = "。；！？"


@dataclass(frozen=True, slots=True)
class Item:
    """A piece between blanks, bars or line ends: a value, a label, or the blank between two bars."""

    text: str
    place: Place
    line: int
    value: bool
    bars: bool


@dataclass
class Run:
    """A label's text and the values that follow it. `line` is where the first value stands."""

    label: list[Item] = field(default_factory=list)
    values: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StreamRead:
    """Rows and headers, and which of the lines (positions) belong to tables."""

    table: TableRead
    lines: frozenset[int]


def read_lines(paragraphs: Sequence[Paragraph]) -> StreamRead:
    """The tables in running text. Lines before the first table label and after the last row stay."""
    first = next((i for i, p in enumerate(paragraphs) if _starts_table(p.text)), None)
    if first is None:
        return StreamRead(TableRead(), frozenset())
    items = [item for n, p in enumerate(paragraphs[first:], first) for item in _items(p, n)]
    reader = _Reader()
    for run in _runs(items):
        reader.take(run)
    last = max(reader.used, default=-1)
    if last < first:
        return StreamRead(TableRead(headers=reader.found.headers), frozenset())
    return StreamRead(reader.found, frozenset(range(first, last + 1)))


def _starts_table(text: str) -> bool:
    squeezed = key(text)
    if len(squeezed) > 400 and "本年新收政府信息公开申请数量" in squeezed:
        return True
    if squeezed in _TABLE_FOUR or squeezed.startswith(_ONE_LINE):
        return True
    return len(squeezed) < 120 and any(
        squeezed.startswith(key(s)) or (s == "勾稽关系为" and s in squeezed) for s in _STARTS
    )


def _items(paragraph: Paragraph, line: int) -> Iterator[Item]:
    text = paragraph.text
    if not _BARS.search(text):
        yield from _words(text.split(), paragraph.place, line)
        return
    parts = [p.strip() for p in _BARS.split(text)]
    parts = parts[1:] if not parts[0] and text.lstrip(" ").startswith(("|", "｜")) else parts
    parts = parts[:-1] if parts and not parts[-1] else parts
    filled = [p for p in parts if p]
    label = _label_end(parts)
    if len(filled) <= 1 and not (label and len(parts) > 1):
        # a cell a line: the bars only part cells, blank ones can't be told
        yield from _words(" ".join(filled).split(), paragraph.place, line)
        return
    for number, part in enumerate(parts):
        if (label and number >= label) or not part or looks_like_value(part):
            yield Item(part, paragraph.place, line, True, True)
        else:
            yield from _words(part.split(), paragraph.place, line)


def _label_end(parts: Sequence[str]) -> int:
    """Behind which part of a line its row's label ends; 0 where none is a label as the form has it.

    What stands behind it are values, even if they are no numbers.
    """
    for number in range(min(len(parts), 4), 0, -1):
        whole = key(parts[number - 1])
        if whole in application_rows().names or whole in disclosure_rows().names:
            return number if whole not in _BARE else 0
    return 0


def _words(words: Sequence[str], place: Place, line: int) -> Iterator[Item]:
    label = _label_end(words)
    if label and not any(looks_like_value(w) for w in words[label:]):
        label = 0
    for number, word in enumerate(words):
        follows = number + 1 < len(words) and not looks_like_value(words[number + 1])
        ordinal = (
            follows and _ORDINAL.match(word) and words[number + 1].startswith((".", "、", "．"))
        )
        if (label and number >= label) or (looks_like_value(word) and not ordinal):
            yield Item(word, place, line, True, False)
        else:
            yield Item(folded(word), place, line, False, False)


def _runs(items: Sequence[Item]) -> Iterator[Run]:
    """Labels with their values. Blank cells before the last label of a barred line are no values."""
    run = Run()
    for number, item in enumerate(items):
        blank = item.value and not item.text
        if blank and _label_follows(items, number):
            continue
        if item.value and (item.text or run.label):
            run.values.append(item)
        elif not item.value:
            if run.values:
                yield run
                run = Run()
            run.label.append(item)
    if run.label or run.values:
        yield run


def _label_follows(items: Sequence[Item], number: int) -> bool:
    """Whether the next thing on the same line that is not blank is a label."""
    for item in items[number + 1 :]:
        if item.line != items[number].line:
            return False
        if item.text:
            return not item.value
    return False


class _Reader:
    """Turns runs into rows; what the last header said holds until the next."""

    def __init__(self) -> None:
        self.found = TableRead()
        self.used: set[int] = set()
        self.columns: list[str] = []
        self.labels: list[str] = []
        self.disputes = False
        self.pending: list[Item] = []
        self.held: list[Item] = []

    def take(self, run: Run) -> None:
        run.label = [*self.held, *run.label]
        self.held = []
        text = "".join(i.text for i in run.label)
        if run.values and not any(i.text for i in run.values) and self._named(run, text) is None:
            self.held = run.label  # blanks beside column labels, not values
            return
        glued = None if run.values else _GLUED.match(text)
        if run.values or glued:
            self._split_header(run, text)
            self._row(run, text, glued)
        elif run.label and len(key(text)) < 200:
            self._split_header(run, text)

    def _split_header(self, run: Run, text: str) -> None:
        """Column labels stand in the same run of text as the first row's label, before it."""
        whole = key(text)
        place = run.label[0].place if run.label else Place()
        if (
            "自然人" in whole
            or sum(key(w) in whole for w in ("商业企业", "科研机构", "法律服务机构")) >= 2
        ):
            self.columns = _application_columns(whole)
            self.found.headers.append(Header("applications", seen=list(self.columns), place=place))
            self.disputes = False
        if sum(whole.count(w) for w in ("结果维持", "结果纠正", "尚未审结")) >= 2:
            self.disputes = True
            self.found.headers.append(Header("disputes", seen=_dispute_seen(whole), place=place))
        labels = [i for i in _joined(run.label) if disclosure_columns().find(i.text)]
        if labels:
            self.labels = [i.text for i in labels]
            for item in labels:
                if "收费金额" in key(item.text):
                    self.found.fee_header = (item.text, item.place)

    def _row(self, run: Run, text: str, glued: re.Match[str] | None) -> None:
        found = self._named(run, glued[1] if glued else text)
        if found is None and self.disputes and len(run.values) >= 5:
            self._disputes(run)
        elif found is not None and found[0] == "applications":
            self._application(run, found[1], found[2], glued)
        elif found is not None:
            self._disclosure(run, found[1], found[2], glued)
        elif len(run.values) >= 3 and self.found.rows and not text.endswith(tuple(_ENDS)):
            self._stranger(run)

    def _named(self, run: Run, text: str) -> tuple[str, str, str] | None:
        """Table, row and printed label: the shortest end of the label's pieces that says it."""
        pieces = [i.text for i in run.label] or [text]
        if text and text != "".join(pieces):
            pieces = [text]
        for size in range(1, min(len(pieces), 12) + 1):
            label = "".join(pieces[-size:])
            for table, words in (
                ("applications", application_rows()),
                ("disclosure", disclosure_rows()),
            ):
                name = words.names.get(key(label))
                if name is not None and not self._ambiguous(label, size, len(pieces)):
                    return table, name, label
        label = "".join(pieces[-12:])
        name = application_rows().find(label)
        if name is not None:
            return "applications", name, label
        name = disclosure_rows().find(pieces[-1]) or disclosure_rows().find(label)
        return ("disclosure", name, label) if name is not None else None

    def _ambiguous(self, label: str, size: int, pieces: int) -> bool:
        """A bare 其他 or 总计 may end a longer label or a header: look at more of it first."""
        return key(label) in _BARE and size < pieces

    def _application(self, run: Run, name: str, label: str, glued: re.Match[str] | None) -> None:
        keys = self.columns or list(APPLICATION_KEYS)
        values, doubt = _values(run, keys, glued)
        self.disputes = False
        self._add(RawRow("applications", label, name, values, _place(run), doubt=doubt), run)

    def _disclosure(self, run: Run, name: str, label: str, glued: re.Match[str] | None) -> None:
        count = len(glued[2]) if glued else len(run.values)
        block = choose_block(name, self.labels, count)
        if block is None:
            return
        keys = [c.key for c in block.block.columns]
        if self.labels:
            seen = {block.columns.find(text) for text in self.labels}
            keys = [k for k in keys if k in seen]
        lead: list[Value] = []
        extra = optional_row(block, self.found.rows)
        if extra is not None and extra != name and len(run.label) > 0 and not glued:
            lead = self._unlabelled(block.block.columns, keys)
        values, doubt = _values(run, keys, glued)
        if lead and extra is not None:
            self.found.rows.append(RawRow("disclosure", "", extra, lead, _place(run), block))
        self._add(RawRow("disclosure", label, name, values, _place(run), block, doubt), run)

    def _unlabelled(self, columns: object, keys: list[str]) -> list[Value]:
        """Values that stood right under the header, before the first label: 规章 left empty."""
        last = self.pending
        self.pending = []
        if len(last) != len(keys):
            return []
        return [Value(i.text, i.place, k) for i, k in zip(last, keys, strict=True)]

    def _disputes(self, run: Run) -> None:
        keys = [f"{c}.{r}" for c in CHANNELS for r in DISPUTE_KEYS]
        seen = next(h for h in reversed(self.found.headers) if h.table == "disputes").seen
        values, doubt = _values(run, keys if len(seen) == len(keys) else seen, None)
        self._add(RawRow("disputes", "", "cases", values, _place(run), doubt=doubt), run)

    def _stranger(self, run: Run) -> None:
        """A row of values whose label is none of the form's; or those under an empty label."""
        label = "".join(i.text for i in run.label[-3:])
        if self.labels and disclosure_columns().find(run.label[-1].text if run.label else ""):
            self.pending = run.values
            self.used |= {i.line for i in run.values}
            return
        table = self.found.rows[-1].table
        values = [Value(i.text, i.place, None) for i in run.values]
        self._add(RawRow(table, label, None, values, _place(run)), run)

    def _add(self, row: RawRow, run: Run) -> None:
        self.found.rows.append(row)
        self.used |= {i.line for i in (*run.label, *run.values)}


def _values(run: Run, keys: Sequence[str], glued: re.Match[str] | None) -> tuple[list[Value], str]:
    """A run's values under these columns; only if there are just as many."""
    if glued is not None:
        digits = glued[2]
        place = run.label[-1].place
        if len(digits) != len(keys):
            return [Value(digits, place, None)], GLUED
        return [Value(d, place, k, GLUED) for d, k in zip(digits, keys, strict=True)], ""
    items = _unpadded(run.values, len(keys))
    if len(items) != len(keys):
        doubt = COUNT.format(found=len(items), wanted=len(keys))
        return [Value(i.text, i.place, None) for i in items], doubt
    return [Value(i.text, i.place, k) for i, k in zip(items, keys, strict=True)], ""


def _unpadded(items: list[Item], wanted: int) -> list[Item]:
    """Barred values without the blanks that merged label cells left, if it is plain which they are."""
    spare = len(items) - wanted
    if spare <= 0 or not all(i.bars for i in items):
        return items
    ahead = not any(i.text for i in items[:spare])
    behind = not any(i.text for i in items[-spare:])
    if ahead and (not behind or not any(i.text for i in items)):
        return items[spare:]
    return items[:-spare] if behind and not ahead else items


def _place(run: Run) -> Place:
    return (run.values or run.label)[0].place


def _joined(items: Sequence[Item]) -> Iterator[Item]:
    """Label pieces, those of one column label that a line break parted put together."""
    texts = list(items)
    position = 0
    while position < len(texts):
        for size in (1, 2, 3):
            piece = texts[position : position + size]
            text = "".join(i.text for i in piece)
            if key(text) in disclosure_columns().names:
                yield Item(text, piece[0].place, piece[0].line, False, False)
                position += size
                break
        else:
            yield texts[position]
            position += 1


def _application_columns(whole: str) -> list[str]:
    """The form's columns that a header's text names, in the form's order."""
    text = whole.replace(key("法人或其他组织"), " ")
    head = text[: text.find("本年新收")] if "本年新收" in text else text
    seen = []
    for wording, name in sorted(application_columns().names.items(), key=lambda w: -len(w[0])):
        if wording in head and len(wording) > 1:
            seen.append(name)
            head = head.replace(wording, " ", 1)
    found = [k for k in APPLICATION_KEYS if k in seen]
    return found if len(found) >= 4 else []


def _dispute_seen(whole: str) -> list[str]:
    """Columns of table four that a header names: channel.result, when they come out in order."""
    wordings = sorted(dispute_columns().official, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, wordings)))
    results = [dispute_columns().names[m] for m in pattern.findall(whole)]
    if results == list(DISPUTE_KEYS) * 3:
        return [f"{c}.{r}" for c in CHANNELS for r in DISPUTE_KEYS]
    return [f"?{n}.{r}" for n, r in enumerate(results)]
