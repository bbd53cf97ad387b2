"""Y502: more documents in force than last year's stock allows."""

from functools import partial

import numpy as np

from rules.stock import stock
from rules.vocabulary import Example, Patch, Rule, Severity, Text

_AT = "disclosure.normative_documents"


def _more(surplus: np.ndarray) -> np.ndarray:
    return np.maximum(surplus, 0)


_LAST = Patch(year=2022, role="previous", cells={f"{_AT}.in_force": 5})

RULE = Rule(
    code="Y502",
    severity=Severity.WARNING,
    title=Text("现行有效件数多于应有件数", "More documents in force than last year's allow"),
    demand=Text(
        "现行有效件数 ≤ 上年现行有效件数 + 本年制发件数 − 本年废止件数（2022年度起）",
        "in_force ≤ last year's in_force + issued − repealed (since the report for 2022)",
    ),
    message=Text(
        "“{subject}”实为 {actual}，至多应为 {expected}"
        "（{last}年现行有效 {before} + 本年制发 {issued} − 本年废止 {repealed}）",
        "{subject} is {actual}; {before} in force in {last} + {issued} issued − {repealed} repealed "
        "leave at most {expected}",
    ),
    hint=Text(
        "请核对本年制发件数是否漏填、上年现行有效件数是否有误；文件失效只会使数字变小，不能解释变多",
        "See whether issued is too small or last year's stock was wrong; documents that lapse make it "
        "smaller, never larger",
    ),
    citations={2021: "国办公开办函〔2021〕30号（年度报告格式，第二十条第（一）项三栏的含义）"},
    formula="in_force[year] ≤ in_force[year − 1] + issued − repealed",
    check=partial(stock, offends=_more),
    passes=Example(
        reports=(Patch(cells={f"{_AT}.issued": 2, f"{_AT}.in_force": 7}), _LAST),
    ),
    fails=Example(reports=(Patch(cells={f"{_AT}.issued": 1, f"{_AT}.in_force": 9}), _LAST)),
)
