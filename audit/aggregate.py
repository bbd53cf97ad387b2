"""Reports of one year → the sum of their cells, and every reason why it may not be the whole sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from audit.errors import UsageError
from audit.findings import Finding
from audit.frames import form_mask
from audit.remarks import (
    Remark,
    Share,
    about_cells,
    about_shares,
    due_units,
    left_out,
    missing_units,
    unread_files,
)
from rules.dataset import COLUMN_OF, Dataset, Settings, Status, typed
from rules.form import all_addresses, edition_for, load_form
from rules.units import plain_name, unit_keys, unit_labels
from rules.vocabulary import Text

_UPPER = frozenset({"county", "city", "province", "ministry"})
_FEES = "disclosure.fees.amount"


@dataclass(frozen=True)
class Aggregate:
    """The sum. `values` and `lacking` have a place for each of `rules.form.all_addresses()`.

    `values` is NaN outside the form of `edition`; `lacking` maps addresses to the units whose
    figure is not in the sum.
    """

    unit: str
    year: int
    edition: int
    units: tuple[str, ...]
    values: np.ndarray
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing speaks against the sum."""
        return not any(r.open for r in self.remarks)


def aggregate(data: Dataset, findings: Sequence[Finding], year: int | None = None) -> Aggregate:
    """Sum the reports for a year (default: the one most are for), unit by unit.

    Reports of role `parent`, of the body above the units, and of units that are not on the roster
    are not added. Blank cells count as 0.

    Raises:
        UsageError: no report is for that year.
    """
    reports = data.reports
    asked = reports["role"].eq("report") & reports["unit"].notna() & reports["year"].notna()
    wanted = year if year is not None else _usual_year(reports["year"][asked])
    edition = edition_for(wanted) if wanted is not None else None
    mine = asked & reports["year"].isin([wanted])
    if wanted is None or edition is None or not mine.any():
        raise UsageError(
            _nothing(wanted),
            Text("用 --year 指定年度，或检查路径", "name a year with --year, or check the paths"),
        )
    keys = unit_keys(data)
    above = _above(data, keys, mine)
    remarks = left_out(data, keys, mine, above)
    taken = mine.to_numpy(dtype=bool) & ~np.isin(keys, list(above))
    if data.roster is not None:
        taken &= np.isin(keys, list(due_units(data.roster)))
    shares = _shares(data, keys, np.flatnonzero(taken), edition)
    if not shares:
        raise UsageError(
            _nothing(wanted),
            Text(
                "名单上的单位都没有该年度的年报", "no unit of the roster has a report for that year"
            ),
        )
    lacking = _lacking(shares, edition)
    remarks += about_shares(data, shares, findings, edition)
    remarks += about_cells(lacking)
    values = np.round(np.nansum([s.values for s in shares], axis=0), 6)
    values[~form_mask(edition)] = np.nan
    return Aggregate(
        unit=_name(data, above, taken),
        year=wanted,
        edition=edition,
        units=tuple(s.unit for s in shares),
        values=values,
        lacking=lacking,
        remarks=(*unread_files(data), *missing_units(data, shares), *remarks),
    )


def as_dataset(total: Aggregate) -> tuple[Dataset, dict[str, str]]:
    """The sum as a dataset of one report, and the texts of its cells by address.

    A cell that lacks a unit's figure has no value: its text is the sum of the others and a star.
    """
    inside = form_mask(total.edition)
    status = np.where(inside, Status.NUMBER, Status.OUTSIDE).astype(np.int8)
    values = total.values.copy()
    raw = {a: number_text(values[i]) for i, a in enumerate(all_addresses()) if inside[i]}
    for address in total.lacking:
        raw[address] += "*"
        status[COLUMN_OF[address]] = Status.UNSURE
        values[COLUMN_OF[address]] = np.nan
    shown = [i for i in range(len(values)) if inside[i]]
    names = [all_addresses()[i] for i in shown]
    cells = {
        "report": [0] * len(shown),
        "cell": names,
        "value": values[shown],
        "raw": [raw[n] for n in names],
        "status": status[shown],
        "plain": [True] * len(shown),
    }
    head = {
        "unit": [total.unit],
        "year": [total.year],
        "edition": [total.edition],
        "role": ["parent"],
        "text": [False],
    }
    data = Dataset(
        reports=typed("reports", head),
        cells=typed("cells", cells),
        values=values[None],
        status=status[None],
        settings=Settings(),
    )
    return data, raw


def number_text(value: float) -> str:
    """A figure as the form has it: whole numbers without a point."""
    return str(int(value)) if float(value).is_integer() else f"{value:.12g}"


def _nothing(year: int | None) -> Text:
    told = year or ""
    return Text(f"没有{told}年度的年报可以汇总", f"no reports for {told or 'any year'} to sum")


def _usual_year(years: pd.Series) -> int | None:
    """The year most reports are for; of several the latest."""
    counts = Counter(int(y) for y in years)
    return max(counts, key=lambda y: (counts[y], y), default=None)


def _above(data: Dataset, keys: np.ndarray, mine: pd.Series) -> set[str]:
    """Keys of the bodies that the units belong to: theirs are sums already, or to be compared."""
    reports = data.reports
    found = set(keys[reports["role"].eq("parent").to_numpy(dtype=bool)]) - {""}
    if data.roster is not None:
        found |= {plain_name(p) for p in data.roster["parent"].dropna()}
        return found
    found |= {plain_name(c) for c in reports["county"][mine].dropna()}
    upper = mine & reports["level"].isin(_UPPER)
    if upper.sum() == 1 and mine.sum() > 1:
        found |= set(keys[upper.to_numpy(dtype=bool)])
    return found


def _shares(data: Dataset, keys: np.ndarray, taken: np.ndarray, edition: int) -> list[Share]:
    by_unit: dict[str, list[int]] = {}
    for report in taken.tolist():
        by_unit.setdefault(str(keys[report]), []).append(report)
    fees_in_yuan = _fees_in_yuan(data)
    shares = []
    for key in sorted(by_unit):
        numbers = by_unit[key]
        each = np.array([_figures(data, n, n in fees_in_yuan) for n in numbers])
        values = np.where((each == each[0]).all(axis=0), each[0], np.nan)
        blank = (data.status[numbers[0]] == Status.BLANK) & form_mask(edition)
        name = str(unit_labels(data)[numbers[0]])
        shares.append(Share(name, values, tuple(numbers), int(blank.sum())))
    return shares


def _fees_in_yuan(data: Dataset) -> set[int]:
    seen = data.observations
    return set(seen["report"][(seen["kind"] == "fee_unit") & (seen["item"] == "元")].tolist())


def _figures(data: Dataset, report: int, yuan: bool) -> np.ndarray:
    """One report's figures: blanks and placeholders are 0, what can't be read is NaN."""
    status = data.status[report]
    values = np.where(status == Status.NUMBER, data.values[report], np.nan)
    values[(status == Status.BLANK) | (status == Status.PLACEHOLDER)] = 0.0
    if yuan and values[COLUMN_OF[_FEES]]:
        values[COLUMN_OF[_FEES]] = np.nan
    return _parts_of_nothing(values)


def _parts_of_nothing(values: np.ndarray) -> np.ndarray:
    """Where （六） stands as one row, its three rows are 0 where it is 0, and else unknown."""
    table = load_form(2021).tables["applications"]
    assert table.merged is not None  # the form says so; told here for the type checker
    for column in table.blocks[0].columns:
        whole = COLUMN_OF[f"applications.{table.merged.row.key}.{column.key}"]
        parts = [COLUMN_OF[f"applications.{r}.{column.key}"] for r in table.merged.stands_for]
        if values[whole] == 0 and np.isnan(values[parts]).all():
            values[parts] = 0.0
        elif np.isnan(values[whole]) and not np.isnan(values[parts]).any():
            values[whole] = values[parts].sum()
    return values


def _lacking(shares: Sequence[Share], edition: int) -> dict[str, tuple[str, ...]]:
    form = load_form(edition).addresses
    found = {a: tuple(s.unit for s in shares if np.isnan(s.values[COLUMN_OF[a]])) for a in form}
    return {address: units for address, units in found.items() if units}


def _name(data: Dataset, above: set[str], taken: np.ndarray) -> str:
    """The body above, by the name that most of the units give it."""
    own = data.reports["unit"][data.reports["role"].eq("parent")].dropna()
    counties = data.reports["county"][taken].dropna()
    parents = data.roster["parent"].dropna() if data.roster is not None else counties[:0]
    for names in (own, parents, counties):
        most = names.mode().iloc[:1]
        if 2 * int(names.isin(most).sum()) > len(names):
            return str(most.iat[0])
    return "汇总"  # of several counties
