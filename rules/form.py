"""The national forms as data: form file → frozen Form; and which edition a year asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from rules.vocabulary import Equation
from rules.yaml_text import read_yaml

EDITIONS = (2019, 2021)
TABLES = ("disclosure", "applications", "disputes")


class FormError(ValueError):
    """A form file says something this module does not know."""


@dataclass(frozen=True, slots=True)
class Label:
    """A row or column of a form: its key, official label, the label it stands under, variants.

    `kind` is `count` (whole, not negative), `amount` (decimals allowed) or `signed` (± whole).
    """

    key: str
    label: str
    group: str | None = None
    variants: tuple[str, ...] = ()
    kind: str = "count"
    #: Reports often leave this label out; order tells the row then.
    optional_label: bool = False

    @property
    def full(self) -> str:
        """The label with the one it stands under: `（三）不予公开/1.属于国家秘密`."""
        return f"{self.group}/{self.label}" if self.group else self.label


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with rows and columns of its own; disclosure has one per item of art. 20."""

    table: str
    article: str | None
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]

    def addresses(self) -> Iterator[str]:
        """The block's cells, row by row."""
        for row in self.rows:
            for column in self.columns:
                yield f"{self.table}.{row.key}.{column.key}"


@dataclass(frozen=True, slots=True)
class MergedRow:
    """The one row that stands for several: `other_all` for the three of （六）其他处理."""

    row: Label
    stands_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One of the form's three ruled tables."""

    key: str
    number: int
    title: str
    blocks: tuple[Block, ...]
    merged: MergedRow | None = None

    @property
    def rows(self) -> tuple[Label, ...]:
        """All rows, top to bottom."""
        return tuple(row for block in self.blocks for row in block.rows)

    def block_of(self, row: str) -> Block:
        """The block a row (by key) stands in."""
        for block in self.blocks:
            if any(r.key == row for r in block.rows):
                return block
        if self.merged is not None and row == self.merged.row.key:
            return self.blocks[0]
        raise KeyError(row)

    def addresses(self) -> tuple[str, ...]:
        """The table's cells in the form's order."""
        return tuple(address for block in self.blocks for address in block.addresses())


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections. `accepted` are titles as good as the form's own (article 50)."""

    number: int
    key: str
    title: str
    table: str | None = None
    accepted: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One edition of the national form."""

    edition: int
    first_year: int
    last_year: int | None
    notice: str
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]
    equations: tuple[Equation, ...]
    #: Code → the equations of that code as the form file writes them, `new + … = total + …`.
    formulas: Mapping[str, str]

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Every cell's address in the form's order: 200 for 2021, 198 for 2019."""
        return tuple(a for table in self.tables.values() for a in table.addresses())

    def section(self, key: str) -> Section:
        """The section with this key."""
        return next(s for s in self.sections if s.key == key)

    def row(self, table: str, key: str) -> Label:
        """A row by its key, the merged row included."""
        found = self.tables[table]
        if found.merged is not None and found.merged.row.key == key:
            return found.merged.row
        return next(r for r in found.rows if r.key == key)

    def column(self, table: str, row: str, key: str) -> Label:
        """A column by its key, as it is in the block of this row."""
        return next(c for c in self.tables[table].block_of(row).columns if c.key == key)

    def label(self, address: str) -> str:
        """A cell in the form's words: `行政复议 · 总计`; the address itself if the form lacks it."""
        table, row, column = address.split(".")
        try:
            return f"{self.row(table, row).full} · {self.column(table, row, column).label}"
        except (KeyError, StopIteration):
            return address


def edition_for(year: int) -> int | None:
    """The edition a report for this year must use; None before 2019, when another law applied."""
    for edition in EDITIONS:
        form = load_form(edition)
        if form.first_year <= year and (form.last_year is None or year <= form.last_year):
            return edition
    return None


@cache
def load_form(edition: int) -> Form:
    """The form of an edition.

    Raises:
        FormError: the file has keys that this module does not know.
    """
    raw = _read(edition)
    base = _read(raw["based_on"]) if "based_on" in raw else raw
    tables = {key: _table(key, raw["tables"].get(key, {}), base["tables"][key]) for key in TABLES}
    equations = raw.get("equations", base["equations"])
    return Form(
        edition=raw["edition"],
        first_year=raw["years"]["from"],
        last_year=raw["years"]["to"],
        notice=raw["notice"],
        sections=tuple(_section(s) for s in raw.get("sections", base["sections"])),
        tables=tables,
        equations=tuple(_equations(equations, tables)),
        formulas={code: _formula(spec) for code, spec in equations.items()},
    )


@cache
def all_addresses() -> tuple[str, ...]:
    """Every address of any edition, the merged row's included: the columns of wide frames."""
    seen: dict[str, None] = {}
    for table in TABLES:
        for edition in sorted(EDITIONS, reverse=True):
            found = load_form(edition).tables[table]
            seen.update(dict.fromkeys(found.addresses()))
            if found.merged is not None:
                columns = found.blocks[0].columns
                seen.update({f"{table}.{found.merged.row.key}.{c.key}": None for c in columns})
    return tuple(seen)


@cache
def positions() -> Mapping[str, int]:
    """Address → its place among `all_addresses`."""
    return {address: place for place, address in enumerate(all_addresses())}


def _read(edition: int) -> dict[str, Any]:
    text = resources.files("rules").joinpath(f"forms/{edition}.yaml").read_text(encoding="utf-8")
    raw = read_yaml(text)
    _known(raw, "edition years notice based_on sections tables equations", f"{edition}.yaml")
    return dict(raw)


def _known(found: Mapping[str, Any], names: str, where: str) -> None:
    unknown = set(found) - set(names.split())
    if unknown:
        raise FormError(f"{where}: unknown keys {sorted(unknown)}")


def _section(raw: Mapping[str, Any]) -> Section:
    _known(raw, "number key title table article_50 variants", "sections")
    return Section(
        number=raw["number"],
        key=raw["key"],
        title=raw["title"],
        table=raw.get("table"),
        accepted=tuple(raw.get("article_50", ())),
        variants=tuple(raw.get("variants", ())),
    )


def _label(key: str, raw: Mapping[str, Any]) -> Label:
    _known(raw, "label group variants kind optional_label", key)
    return Label(
        key=key,
        label=raw["label"],
        group=raw.get("group"),
        variants=tuple(raw.get("variants", ())),
        kind=raw.get("kind", "count"),
        optional_label=raw.get("optional_label", False),
    )


def _labels(raw: Mapping[str, Any]) -> tuple[Label, ...]:
    return tuple(_label(key, value) for key, value in raw.items())


def _table(key: str, own: Mapping[str, Any], base: Mapping[str, Any]) -> Table:
    _known(own, "number title blocks columns rows merged_row merge_rows", key)
    raw = own if "blocks" in own or "rows" in own else base
    if "blocks" in raw:
        blocks = tuple(
            Block(key, b["article"], _labels(b["rows"]), _labels(b["columns"]))
            for b in raw["blocks"]
        )
        return Table(key, raw["number"], raw["title"], blocks)
    rows = _labels(raw["rows"])
    merged = None
    if "merged_row" in raw:
        spec = raw["merged_row"]
        row = Label(spec["key"], spec["label"], group="三、本年度办理结果")
        merged = MergedRow(row, tuple(spec["stands_for"]))
    if own.get("merge_rows") and merged is not None:
        at = [r.key for r in rows].index(merged.stands_for[0])
        kept = [r for r in rows if r.key not in merged.stands_for]
        rows, merged = (*kept[:at], merged.row, *kept[at:]), None
    block = Block(key, None, rows, _labels(raw["columns"]))
    return Table(key, raw["number"], raw["title"], (block,), merged)


def _equations(raw: Mapping[str, Any], tables: Mapping[str, Table]) -> Iterator[Equation]:
    for code, spec in raw.items():
        _known(spec, "table each left right total", code)
        table = tables[spec["table"]]
        rows = (*table.rows, table.merged.row) if table.merged is not None else table.rows
        columns = table.blocks[0].columns
        by_column = spec["each"] == "column"
        names = [label.key for label in (rows if by_column else columns)]
        for subject in columns if by_column else rows:

            def at(name: str, key: str = subject.key, spec: Any = spec) -> str:
                pair = (name, key) if spec["each"] == "column" else (key, name)
                return ".".join((spec["table"], *pair))

            terms = {at(n): 1 for n in _expand(spec["left"], names)}
            terms.update({at(n): -1 for n in _expand(spec["right"], names)})
            yield Equation(code=code, subject=at("*"), terms=terms, total=at(spec["total"]))


def _formula(spec: Mapping[str, Any]) -> str:
    return f"{' + '.join(spec['left'])} = {' + '.join(spec['right'])}"


def _expand(wanted: list[str], names: list[str]) -> Iterator[str]:
    for name in wanted:
        if name.endswith("*"):
            yield from (n for n in names if n.startswith(name[:-1]))
        else:
            yield name
