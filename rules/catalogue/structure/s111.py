"""S111: section six does not say whether information-processing fees were charged."""

import numpy as np

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import TEXT_REASONS, one_each, place_of, text_of, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

_FEE = r"收费|处理费|收取|费用|有偿"


def _check(data: Dataset) -> Measure:
    text = text_of(data, "other")
    said = text.fillna("").str.contains(_FEE, regex=True)
    since = data.reports["year"].ge(2021).fillna(False).to_numpy(dtype=bool)
    applies = text.notna().to_numpy(dtype=bool) & since
    offences = (
        {
            "report": report,
            "statement": "other",
            "location": place_of(data, report, "other"),
            "excerpt": str(text.iat[report])[:80] or None,
        }
        for report in np.flatnonzero(~said.to_numpy(dtype=bool) & applies).tolist()
    )
    return one_each(data, offences, reason=unjudged(data), reasons=TEXT_REASONS, applies=applies)


RULE = Rule(
    code="S111",
    severity=Severity.WARNING,
    title=Text("未说明信息处理费收取情况", "Nothing is said of information-processing fees"),
    demand=Text(
        "2021年度起，第六部分说明是否收取信息处理费",
        "Since the report for 2021, section six says whether information-processing fees were charged",
    ),
    message=Text(
        "第六部分没有说明政府信息公开信息处理费的收取情况",
        "Section six does not say whether information-processing fees were charged",
    ),
    hint=Text(
        "请写明发出收费通知的件数、总金额和实际收取的金额；没有收取的也应写明",
        "Give the number of fee notices, the sum and what was received; say so where there was none",
    ),
    citations={
        0: "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号，2021年1月1日起施行）；各地年报通行写法"
    },
    check=_check,
    passes=patch(),
    fails=patch(sections={"other": "没有其他需要报告的事项。"}),
)
