"""S101: a section is missing."""

from typing import Any

import numpy as np

from rules.dataset import Dataset
from rules.measure import Measure
from rules.observed import reports_with
from rules.sections import TEXT_REASONS, form_sections, judged, present, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

_NUMERALS = "一二三四五六"
_SCAN = Text(
    "；本件是扫描件，也可能是识别时漏了这个标题，请先对照原件",
    "; the document is a scan, whose heading may have been lost in reading it: look it up first",
)
_NO_SCAN = Text("", "")


def _check(data: Dataset) -> Measure:
    reason = np.repeat(unjudged(data)[:, None], len(form_sections()), axis=1)
    broken = np.where(reason >= 0, np.nan, ~present(data))
    scans = frozenset(reports_with(data, "page_scanned").tolist())

    def tell(report: int, which: int) -> dict[str, Any]:
        section = form_sections()[which]
        return {
            "statement": section.key,
            "expected": f"{_NUMERALS[which]}、{section.title}",
            "details": {
                "number": _NUMERALS[which],
                "scan": _SCAN if report in scans else _NO_SCAN,
            },
        }

    return judged(data, broken, tell, reason=reason, reasons=TEXT_REASONS)


RULE = Rule(
    code="S101",
    severity=Severity.ERROR,
    title=Text("缺少规定的部分", "A section is missing"),
    demand=Text("年报的六个部分齐全", "All six sections are present"),
    message=Text(
        "没有找到第{number}部分，应有标题“{expected}”{scan}",
        "No section “{expected}” was found{scan}",
    ),
    hint=Text(
        "请补上该部分；文字写在别处而漏了标题的，补上标题",
        "Add the section; where its text stands elsewhere without the heading, add the heading",
    ),
    citations={
        2019: "《政府信息公开条例》第五十条；国办公开办函〔2019〕60号",
        2021: "《政府信息公开条例》第五十条；国办公开办函〔2021〕30号",
    },
    check=_check,
    passes=patch(),
    fails=patch(drop=("sections.other",)),
)
