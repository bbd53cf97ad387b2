"""S108: the form's edition does not fit the year."""

from typing import Any

import numpy as np

from rules.dataset import Dataset
from rules.editions import foreign_blocks, unfit, wanted
from rules.form import TABLES, load_form
from rules.measure import Measure
from rules.sections import judged
from rules.vocabulary import Rule, Severity, Text, patch

_NO_FORM = Text("没有年度，或该年度适用旧条例", "no year, or a year before the forms")
_WHOLE = Text("整份年报", "the whole report")
_TABLES = {
    "disclosure": Text("表二", "table 2"),
    "applications": Text("表三", "table 3"),
    "disputes": Text("表四", "table 4"),
}


def _check(data: Dataset) -> Measure:
    needed = wanted(data)
    blocks = foreign_blocks(data)
    broken = unfit(data).astype(np.float64)
    broken[blocks["report"].to_numpy(dtype=np.int64)] = 1
    broken[needed == 0] = np.nan

    def tell(report: int, which: int) -> dict[str, Any]:
        own = blocks[blocks["report"].eq(report)]
        names = [
            _TABLES[table] if item in TABLES or not isinstance(item, str) else item
            for table, item in zip(own["table"], own["item"], strict=True)
            if table in TABLES
        ]
        edition = 2021 if needed[report] == 2019 else 2019
        places = own["location"].dropna().tolist()
        return {
            "statement": "edition",
            "expected": int(needed[report]),
            "actual": edition,
            "location": places[0] if places else None,
            "details": {
                "blocks": tuple(dict.fromkeys(names)) or (_WHOLE,),
                "notice": load_form(int(needed[report])).notice,
            },
        }

    reason = np.where(needed == 0, 0, -1)[:, None]
    return judged(data, broken[:, None], tell, reason=reason, reasons=(_NO_FORM,))


RULE = Rule(
    code="S108",
    severity=Severity.ERROR,
    title=Text("表格版本与年度不符", "The form's edition does not fit the year"),
    demand=Text(
        "2019、2020年度用2019年格式，2021年度起用2021年修订的格式",
        "Reports for 2019 and 2020 use the form of 2019, those since 2021 the form of 2021",
    ),
    message=Text(
        "{year}年度应使用{expected}年格式（{notice}），下列部分实为{actual}年格式：{blocks}",
        "{year} asks for the form of {expected} ({notice}); these parts are of {actual}: {blocks}",
    ),
    hint=Text(
        "请换用规定的格式重新填报，不要在上年的文件上修改",
        "Fill in the prescribed form; do not edit an old file",
    ),
    citations={
        0: "国办公开办函〔2019〕60号（2019、2020年度）；国办公开办函〔2021〕30号（2021年度起）"
    },
    check=_check,
    passes=patch(),
    fails=patch(edition=2019),
)
