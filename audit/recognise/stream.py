"""Runs of a label with its values → labelled rows under the headers that stood before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, compress

from audit.recognise.blocks import choose_block, optional_row
from audit.recognise.doubts import between
from audit.recognise.feet import Feet
from audit.recognise.fitting import beyond, count, fitting, led, maybe_pad, raw, settled, values_of
from audit.recognise.items import Item, Run
from audit.recognise.labels import (
    APPLICATION_KEYS,
    EditionBlock,
)
from audit.recognise.lacking import doubt_disputes, doubt_short
from audit.recognise.normalise import key
from audit.recognise.pieces import (
    by_line,
    column_labels,
    labels_alone,
    leads,
    lookup,
)
from audit.recognise.rows import (
    AHEAD,
    EMPTY,
    GLUED,
    NO_HEADER,
    RAGGED,
    SPREAD,
    Header,
    RawRow,
    TableRead,
)
from audit.recognise.sequence import (
    application_sequence,
    disordered,
    dispute_sequence,
    of_applications,
)
from audit.recognise.skipped import empty_rows
from audit.recognise.spread import spread_otherwise, unevenly_spread
from audit.recognise.stated_rows import channel_row, labelled_row, unplaced_row
from audit.recognise.twins import may_be
from rules.form import EDITIONS, load_form

_ENDS = tuple("。；！？")
_LONGEST_HEADER = 240
_FIRST, *_, _LAST = (r.key for r in load_form(2021).tables["applications"].rows)
#: Rows of table three whose labels reach over several columns.
_WIDE = frozenset(
    r.key
    for edition in EDITIONS
    for r in load_form(edition).tables["applications"].rows
    if r.group is None or r.group.startswith("三、")
)


@dataclass(slots=True)
class _Held:
    """A row of table three whose columns are named when all rows under the header are known."""

    row: RawRow
    items: list[Item]


@dataclass
class Reader:
    """Turns runs into rows; what the last header said holds until the next."""

    found: TableRead = field(default_factory=TableRead)
    used: set[int] = field(default_factory=set)
    #: Columns of table three: names, None if a header's can't be told, [] before any header.
    columns: list[str | None] | None = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    #: The pieces of table four's header by line, while its numbers may follow.
    disputes: list[list[str]] = field(default_factory=list)
    in_disputes: bool = False
    unlabelled: list[Item] = field(default_factory=list)
    pieces: list[Item] = field(default_factory=list)
    held: list[_Held] = field(default_factory=list)
    #: A whole row of values stands right under table three's header, without a label.
    ahead: bool = False
    #: Whether table four's header holds labels of results, not just of channels.
    whole: bool = False
    #: How many numbers stand at no row.
    loose: int = 0
    feet: Feet = field(default_factory=Feet)
    #: Rows of table two whose cells no bars show.
    unbarred: list[RawRow] = field(default_factory=list)
    #: The block of table two in which that is so.
    ahead_block: EditionBlock | None = None

    def take(self, run: Run) -> None:
        """Read the next run: what stands above its row as a header, then the row."""
        run.label = [*self.pieces, *run.label]
        self.pieces = []
        text = "".join(i.text for i in run.label)
        named = lookup([i.text for i in run.label])
        if run.values and not any(i.text for i in run.values) and named is None:
            self.pieces = run.label  # blanks beside column labels, not values
            return
        if run.values:
            size = named[3] if named else 0
            self._header(run.label[: len(run.label) - size])
            self._row(run, named, text)
        elif run.label and (len(key(text)) < _LONGEST_HEADER or labels_alone(run.label)):
            self._header(run.label)

    # ---- headers

    def _header(self, pieces: Sequence[Item]) -> None:
        """Column labels stand in the same run as the first row's label, before it."""
        if not pieces:
            return
        text = "".join(i.text for i in pieces)
        whole = key(text)
        place = pieces[0].place
        if of_applications(whole):
            self.settle()
            self.columns = application_sequence(by_line(pieces))
            names = [n for n in self.columns or () if n]
            odd = disordered(by_line(pieces))
            self.found.headers.append(Header("applications", names, place=place, disordered=odd))
            self.in_disputes = False
        results = sum(whole.count(w) for w in ("结果维持", "结果纠正", "尚未审结"))
        if results >= 2 or ("行政复议" in whole and dispute_sequence(by_line(pieces), 0)):
            self.disputes, self.in_disputes = by_line(pieces), True
            self.whole = results >= 2
            self.found.headers.append(Header("disputes", place=place))
        before = self.labels
        labels = column_labels(pieces)
        if labels:
            self.labels = [i.text for i in labels]
            # A number between two column labels belongs to neither: what follows is in doubt.
            self.unlabelled = [] if leads(whole) else self.unlabelled
            for item in labels:
                if "收费金额" in key(item.text):
                    self.found.fee_header = (item.text, item.place)
        self.found.rows += empty_rows(pieces, before, self.labels)

    def close(self) -> None:
        """What is plain once all is read: rows that lack values; a header of table four without row."""
        doubt_short(self.unbarred)
        seen = next((h for h in self.found.headers if h.table == "disputes"), None)
        if seen is not None and self.whole and all(r.table != "disputes" for r in self.found.rows):
            doubt = GLUED if any(map(str.isdigit, chain(*chain(*self.disputes)))) else EMPTY
            self.found.rows.append(RawRow("disputes", "", "cases", [], seen.place, doubt=doubt))

    # ---- rows

    def _row(self, run: Run, named: tuple[str, str, str, int] | None, text: str) -> None:
        stated = channel_row(run, self.whole)
        if stated is None and named is not None:
            stated = labelled_row(run, *named[:3])
        if stated is not None:
            self._add(stated, run)
        elif named is None and self.in_disputes and count(run.values) >= 5:
            self._disputes(run)
        elif named is not None and named[0] == "applications":
            row = RawRow("applications", named[2], named[1], [], run.place)
            self.held.append(_Held(row, run.values))
            self.in_disputes = False
            self._add(row, run)
        elif named is not None:
            self._disclosure(run, named[1], named[2])
        elif not text.endswith(_ENDS):
            self._stranger(run)

    def settle(self) -> None:
        """Name the columns of the rows held: by their header, and only where the numbers fit it."""
        if not self.held:
            return
        between([h.row for h in self.held])
        wider = beyond([h.items for h in self.held], len(self.columns or APPLICATION_KEYS))
        for held in self.held if wider else ():
            held.items = held.items[:-wider]
        usual = Counter(count(h.items) for h in self.held).most_common(1)[0][0]
        names, doubt = fitting(self.columns, usual)
        whole = self.held[-1].row.name == _LAST
        if self.ahead and not (whole and all(r.name != _FIRST for r in self.found.rows)):
            names, doubt = None, AHEAD
        kept = self.feet.left_out([h.items for h in self.held], names or ())
        for held, (items, why) in zip(self.held, kept, strict=True):
            held.items, held.row.doubt = items, why
        spread = spread_otherwise([h.items for h in self.held], names or ())
        for held in compress(self.held, spread):
            held.row.doubt = held.row.doubt or SPREAD
        padded = any(led(h.items, len(names or ())) for h in self.held)
        for held in self.held:
            if names is None or held.row.name is None:
                held.row.values, held.row.doubt = raw(held.items), doubt
            else:
                suspect = held.row.doubt
                held.row.values, held.row.doubt = values_of(held.items, names, padded)
                held.row.doubt = held.row.doubt or suspect
            if padded and held.row.name in _WIDE and maybe_pad(held.items, len(names or ())):
                held.row.doubt = RAGGED.format(found=len(held.items), wanted=len(names or ()))
        self.held, self.ahead = [], False

    def _disclosure(self, run: Run, name: str, label: str) -> None:
        block = choose_block(name, self.labels, count(run.values))
        if block is None:
            stated = unplaced_row(run, name, label)
            if stated is not None:
                self._add(stated, run)
            return
        names, doubt = self._disclosure_names(block)
        extra = optional_row(block, self.found.rows)
        if extra is not None and extra != name and self.unlabelled:
            lead = RawRow("disclosure", "", extra, [], self.unlabelled[0].place, block)
            lead.values, lead.doubt = values_of(self.unlabelled, names)
            self.found.rows.append(lead)
        elif name == block.block.rows[0].key and self.unlabelled:
            self.ahead_block = block
        self.unlabelled = []
        row = RawRow("disclosure", label, name, [], run.place, block)
        row.values, row.doubt = values_of(run.values, names)
        if self.ahead_block is block:
            row.doubt = AHEAD
        row.doubt = row.doubt or doubt
        if not all(i.bars for i in run.values):
            self.unbarred.append(row)
        self._add(row, run)

    def _disclosure_names(self, block: EditionBlock) -> tuple[list[str | None], str]:
        """Columns of a block as its header prints them; the form's where no header stands there."""
        names = [block.columns.find(text) for text in self.labels]
        keys = [c.key for c in block.block.columns]
        if not any(names):
            return [*keys], "" if len(keys) == 1 else NO_HEADER
        told = settled(names, keys)
        return ([*keys], NO_HEADER) if told is None else (told, "")

    def _disputes(self, run: Run) -> None:
        self.settle()
        if len(run.values) == 1:
            run.values = [replace(run.values[0], glued=True)]
        row = RawRow("disputes", "", "cases", [], run.place)
        names = dispute_sequence(self.disputes, count(run.values))
        if names is None:
            row.values, row.doubt = raw(run.values), NO_HEADER
        else:
            ((items, suspect),) = self.feet.left_out([run.values], names)
            row.values, row.doubt = values_of(items, names)
            row.doubt = row.doubt or suspect or (SPREAD if unevenly_spread(items, names) else "")
            doubt_disputes(row.values)
        self._add(row, run)

    def _stranger(self, run: Run) -> None:
        """A row of values whose label is none of the form's; or those under an empty label."""
        self.ahead = self.ahead or (not self.held and self.columns != [] and count(run.values) > 2)
        if self.labels and column_labels(run.label):
            self.unlabelled = run.values
            self.loose += len(run.values)
            self.used |= {i.line for i in run.values}
            return
        if not self.found.rows or (len(run.values) < 3 and not self._remnant(run)):
            self.loose += len(run.values)
            return
        label = "".join(i.text for i in run.label[-1 if self.held else -3 :])
        row = RawRow(self.found.rows[-1].table, label, None, raw(run.values), run.place)
        if self.held:
            self.held.append(_Held(row, run.values))
        self._add(row, run)

    def _remnant(self, run: Run) -> bool:
        """Whether what is left of a label may be that of the row above, or another of its block."""
        block = self.found.rows[-1].block
        label = run.label[-1].text if run.label else ""
        return block is not None and any(may_be(label, r.label) for r in block.block.rows)

    def _add(self, row: RawRow, run: Run) -> None:
        self.found.rows.append(row)
        self.used |= run.lines
