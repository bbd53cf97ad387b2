"""Y507: fewer documents in force than last year's stock leaves."""

from dataclasses import replace

import numpy as np

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import form_sections, text_of
from rules.stock import ROWS, stock
from rules.vocabulary import Example, Patch, Rule, Severity, Text

_AT = "disclosure.normative_documents"
#: Words by which the text explains that documents lapsed.
_LAPSED = (
    r"文件[^。；]{0,24}(?:失效|届满|到期|终止|不再执行)|(?:失效|届满|到期)[^。；]{0,12}(?:文件|\d\s*件)"
    r"|有效期|自然终止"
)


def _check(data: Dataset) -> Measure:
    """A shortfall counts only where the text says nothing of documents that lapsed."""
    measure = stock(data, lambda surplus: np.minimum(surplus, 0))
    short = np.flatnonzero((measure.residual != 0) & ~np.isnan(measure.residual))
    if not len(short):
        return measure
    said = np.zeros(len(data), dtype=bool)
    for section in form_sections():
        text = text_of(data, section.key).fillna("")
        said |= text.str.contains(_LAPSED).to_numpy(dtype=bool)
    excused = np.repeat(said, len(ROWS)) & ~np.isnan(measure.residual)
    residual = np.where(excused, 0.0, measure.residual)
    return replace(measure, residual=residual)


_LAST = Patch(year=2022, role="previous", cells={f"{_AT}.in_force": 5})

RULE = Rule(
    code="Y507",
    severity=Severity.INFO,
    title=Text("现行有效件数少于应有件数", "Fewer documents in force than last year's leave"),
    demand=Text(
        "现行有效件数少于上年现行有效 + 本年制发 − 本年废止的，正文说明有文件失效",
        "Where in_force < last year's in_force + issued − repealed, the text says that documents lapsed",
    ),
    message=Text(
        "“{subject}”实为 {actual}，应为 {expected}"
        "（{last}年现行有效 {before} + 本年制发 {issued} − 本年废止 {repealed}）",
        "{subject} is {actual}; {before} in force in {last} + {issued} issued − {repealed} repealed "
        "leave {expected}",
    ),
    hint=Text(
        "文件有效期届满失效的，请在正文中说明件数；否则请核对本年废止件数",
        "Where documents lapsed, let the text say how many; else check the number repealed",
    ),
    citations={
        2021: "国办公开办函〔2021〕30号（年度报告格式，第二十条第（一）项三栏的含义）；"
        "文件可以因有效期届满失效，不作差错认定"
    },
    formula="in_force[year] ≥ in_force[year − 1] + issued − repealed",
    check=_check,
    passes=Example(
        reports=(
            Patch(
                cells={f"{_AT}.in_force": 4},
                sections={"overview+": "另有部分文件因有效期届满不再适用。"},
            ),
            _LAST,
        ),
    ),
    fails=Example(reports=(Patch(cells={f"{_AT}.repealed": 1, f"{_AT}.in_force": 2}), _LAST)),
)
