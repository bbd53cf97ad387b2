"""A305: the counts of documents and items do not fit one another."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from rules.dataset import COLUMN_OF, Dataset, Status
from rules.measure import CELLS_MISSING, TOTAL_BLANK, Measure, Statements, gridded
from rules.vocabulary import Rule, Severity, Text, patch

_DOCUMENTS = ("regulations", "normative_documents")
_ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")


@dataclass(frozen=True)
class _Bound:
    """`most` is at least the sum of `terms` (address → sign)."""

    row: str
    most: str
    terms: dict[str, int]
    why: Text

    @property
    def cells(self) -> tuple[str, ...]:
        """The terms, then what bounds them."""
        return (*self.terms, self.most)


def _bounds() -> tuple[_Bound, ...]:
    found = []
    for row in _DOCUMENTS:
        at = f"disclosure.{row}"
        why = Text("现行有效件数少于本年制发减本年废止", "fewer in force than issued less repealed")
        found.append(_Bound(row, f"{at}.in_force", {f"{at}.issued": 1, f"{at}.repealed": -1}, why))
    for row in _DOCUMENTS:
        at = f"disclosure.{row}"
        why = Text(
            "对外公开总数量少于本年新公开数量", "fewer public in all than published this year"
        )
        found.append(_Bound(row, f"{at}.total_public", {f"{at}.published": 1}, why))
    for row in _ITEMS:
        at = f"disclosure.{row}"
        why = Text("本年减少的数量大于上一年项目数量", "more items taken away than there were")
        found.append(_Bound(row, f"{at}.items_last_year", {f"{at}.change": -1}, why))
    return tuple(found)


_BOUNDS = _bounds()
_STATEMENTS = Statements(
    names=[bound.most for bound in _BOUNDS], cells=[bound.cells for bound in _BOUNDS]
)


def _check(data: Dataset) -> Measure:
    shape = (len(data), len(_BOUNDS))
    least, actual, residual = (np.full(shape, np.nan) for _ in range(3))
    reason = np.full(shape, -1, dtype=np.int8)
    for j, bound in enumerate(_BOUNDS):
        total = data.status[:, COLUMN_OF[bound.most]]
        if (total == Status.OUTSIDE).all():
            continue
        actual[:, j] = data.column(bound.most)
        terms = [COLUMN_OF[a] for a in bound.terms]
        signs = np.array(list(bound.terms.values()), dtype=np.float64)
        least[:, j] = np.nan_to_num(data.values[:, terms]) @ signs
        residual[:, j] = np.maximum(least[:, j] - actual[:, j], 0)
        status = data.status[:, terms]
        lost = ((status >= Status.TEXT) & (status < Status.OUTSIDE)).any(axis=1)
        lost |= (total >= Status.TEXT) & (total < Status.OUTSIDE)
        empty = (total == Status.BLANK) | (total == Status.PLACEHOLDER)
        outside = (total == Status.OUTSIDE) | (status == Status.OUTSIDE).all(axis=1)
        residual[lost | empty | outside, j] = np.nan
        reason[:, j] = np.where(outside, -1, np.where(lost, 0, np.where(empty, 1, -1)))

    def details(report: np.ndarray, which: np.ndarray) -> list[dict[str, Any]]:
        return [_told(data, r, w) for r, w in zip(report.tolist(), which.tolist(), strict=True)]

    return gridded(
        _STATEMENTS,
        residual,
        sides=lambda report, which: (least[report, which], actual[report, which]),
        reason=reason,
        reasons=(CELLS_MISSING, TOTAL_BLANK),
        details=details,
    )


def _told(data: Dataset, report: int, which: int) -> dict[str, Any]:
    bound = _BOUNDS[which]
    empty = (Status.BLANK, Status.PLACEHOLDER)
    blank = tuple(a for a in bound.terms if data.status[report, COLUMN_OF[a]] in empty)
    return {"why": bound.why, **({"blank": blank} if blank else {})}


RULE = Rule(
    code="A305",
    severity=Severity.ERROR,
    title=Text("文件或项目数量前后矛盾", "Counts of documents or items contradict one another"),
    demand=Text(
        "现行有效件数 ≥ 本年制发件数 − 本年废止件数（2021年格式）；本年新公开数量 ≤ 对外公开总数量，"
        "上一年项目数量 + 本年增/减 ≥ 0（2019年格式）",
        "in_force ≥ issued − repealed (2021 form); published ≤ total_public, "
        "items_last_year + change ≥ 0 (2019 form)",
    ),
    message=Text(
        "“{subject}”实为 {actual}，应不少于 {expected}：{why}",
        "{subject} is {actual}, should be at least {expected}: {why}",
    ),
    hint=Text(
        "请核对这几格；现行有效包括往年制发、至今有效的文件",
        "Check these cells; in force includes what was issued in earlier years and still holds",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式，第二十条第（一）、（五）、（六）、（八）项）",
        2021: "国办公开办函〔2021〕30号（年度报告格式，第二十条第（一）项）",
    },
    formula="in_force ≥ issued − repealed; published ≤ total_public; items_last_year + change ≥ 0",
    check=_check,
    passes=patch(
        cells={
            "disclosure.normative_documents.issued": 3,
            "disclosure.normative_documents.repealed": 1,
            "disclosure.normative_documents.in_force": 2,
        }
    ),
    fails=patch(
        cells={
            "disclosure.normative_documents.issued": 3,
            "disclosure.normative_documents.in_force": 1,
        }
    ),
)
