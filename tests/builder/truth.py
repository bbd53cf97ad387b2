"""What a report document is to say: `ReportTruth`, the sound base report, and patches on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from rules.form import EDITIONS, Form, Label, edition_for, load_form
from rules.vocabulary import Patch
from tests.builder.wording import NUMERALS, Wording, kind_of

if TYPE_CHECKING:
    from tests.builder.matrix import Matrix

Written = float | str
Row = tuple[str, tuple[Written, ...]]


@dataclass(frozen=True)
class ReportTruth:
    """All that one report document holds, before any format.

    `cells` maps addresses to what is written there; `sections` and `titles` map the form's section
    keys to text (paragraphs parted by line breaks) and to the printed heading. `pictures` names the
    tables of which the document has only a picture. `raw` stands for the whole file where it is set;
    `spoil` changes each table before it is printed.
    """

    unit: str
    year: int
    edition: int
    county: str
    level: str
    title: str
    preamble: str
    published: str | None
    sections: Mapping[str, str]
    titles: Mapping[str, str]
    cells: Mapping[str, Written]
    drop: tuple[str, ...] = ()
    rows: Mapping[str, Row] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    pictures: frozenset[str] = frozenset()
    file: str | None = None
    role: str = "report"
    raw: bytes | None = None
    spoil: Callable[[Matrix], Matrix] | None = None

    @property
    def form(self) -> Form:
        """The form whose labels the document prints."""
        return load_form(self.edition)

    @property
    def merged_other(self) -> bool:
        """Whether the 2021 form's three rows of （六）其他处理 are kept as one."""
        table = self.form.tables["applications"]
        return table.merged is not None and any(
            a.startswith(f"applications.{table.merged.row.key}.") for a in self.cells
        )

    def dropped(self, *names: str) -> bool:
        """Whether any of these names (table, row, cell …) is taken out."""
        return any(fnmatchcase(name, pattern) for name in names for pattern in self.drop)

    def has(self, address: str) -> bool:
        """Whether the document has this cell."""
        table, row, column = address.split(".")
        return not self.dropped(
            f"sections.{table}", table, f"{table}.{row}", f"{table}.*.{column}", address
        )

    def shown(self) -> dict[str, str]:
        """Every cell of the form that can be read in the document, as it is written there."""
        return {
            a: written(v)
            for a, v in self.cells.items()
            if self.has(a) and a.split(".")[0] not in self.pictures
        }


def written(value: Written) -> str:
    """A cell's text: numbers plainly, text as it stands."""
    if isinstance(value, str):
        return value
    if float(value).is_integer():
        return str(int(value))
    return f"{float(value):.6f}".rstrip("0")


def default_titles(form: Form) -> dict[str, str]:
    """The form's own headings with their numbers."""
    return {s.key: f"{NUMERALS[s.number - 1]}、{s.title}" for s in form.sections}


def base_report(
    unit: str = "青石镇",
    year: int = 2023,
    edition: int | None = None,
    *,
    county: str = "",
    cells: Mapping[str, Written] | None = None,
    more: Mapping[str, str] | None = None,
) -> ReportTruth:
    """A sound report: zeros but for `cells`, the text in agreement with them.

    `more` adds sentences to the paragraph of an aspect of section one (主动公开 …). Other units and
    other years are worded otherwise.
    """
    edition = edition or edition_for(year) or EDITIONS[-1]
    form = load_form(edition)
    values: dict[str, Written] = {**dict.fromkeys(form.addresses, 0), **(cells or {})}
    if any(a.startswith("applications.other_all.") for a in cells or ()):
        values = {a: v for a, v in values.items() if not a.startswith("applications.other_")}
        values |= {f"applications.other_all.{c.key}": 0 for c in _columns(form)}
        values |= cells or {}
    wording = Wording(unit, year)
    return ReportTruth(
        unit=unit,
        year=year,
        edition=edition,
        county=county,
        level=kind_of(unit)[0],
        title=f"{county}{unit}{year}年政府信息公开工作年度报告",
        preamble=wording.preamble(),
        published=f"{year + 1}-01-18",
        sections={
            "overview": wording.overview(values, more or {}),
            "disclosure": "",
            "applications": "",
            "disputes": "",
            "problems": wording.problems(),
            "other": wording.other(),
        },
        titles=default_titles(form),
        cells=values,
    )


def _columns(form: Form) -> tuple[Label, ...]:
    return form.tables["applications"].blocks[0].columns


def apply(patch: Patch) -> ReportTruth:
    """The report a patch describes; every field as `rules.vocabulary.Patch` says."""
    form = load_form(patch.edition or edition_for(patch.year) or EDITIONS[-1])
    cells = _expanded(patch.cells, form)
    truth = base_report(patch.unit, patch.year, patch.edition, cells=cells)
    sections = dict(truth.sections)
    for key, text in patch.sections.items():
        name = key.removesuffix("+")
        if name not in sections:
            raise KeyError(f"no such section: {key}")
        joined = f"{sections[name]}\n{text}".strip("\n") if key.endswith("+") else text
        sections[name] = joined
    return replace(
        truth,
        title=truth.title if patch.title is None else patch.title,
        preamble=truth.preamble if patch.preamble is None else patch.preamble,
        published=truth.published if patch.published is None else patch.published,
        sections=sections,
        titles={**truth.titles, **patch.titles},
        drop=patch.drop,
        rows=dict(patch.rows),
        labels=dict(patch.labels),
        file=patch.file,
        role=patch.role,
        raw=patch.raw,
    )


def _expanded(cells: Mapping[str, Written], form: Form) -> dict[str, Written]:
    """Patterns (`applications.granted.*`) as the addresses they stand for, in the form's order."""
    known = [*form.addresses, *(f"applications.other_all.{c.key}" for c in _columns(form))]
    found: dict[str, Written] = {}
    for pattern, value in cells.items():
        if "*" in pattern:
            own = [a for a in form.addresses if fnmatchcase(a, pattern)]
            if not own:
                raise KeyError(f"no such cell: {pattern}")
            found.update(dict.fromkeys(own, value))
        elif pattern in known:
            found[pattern] = value
        else:
            raise KeyError(f"no such cell: {pattern}")
    return found
