"""F004: a cell was not read with certainty."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from rules.cells import MOST, Offence, by_table, one_by_one
from rules.dataset import Status
from rules.form import load_form
from rules.vocabulary import Rule, Severity, Text, patch


def _unsure(values: np.ndarray, status: np.ndarray) -> np.ndarray:
    return status == Status.UNSURE


def _by_row(table: str, offences: list[Offence]) -> Iterator[Mapping[str, Any]]:
    """A finding for each cell, for each row whose cells one thing kept from being read, or, where
    they are many, for the table.
    """
    if len(offences) > MOST:
        yield from one_by_one(table, offences)
        return
    rows: dict[tuple[str, str], list[Offence]] = {}
    for offence in offences:
        rows.setdefault((offence.cell.split(".")[1], offence.doubt), []).append(offence)
    for own in rows.values():
        facts = next(iter(one_by_one(table, own[:1])))
        details = {**facts["details"], "count": len(own)}
        yield {**facts, "cells": tuple(o.cell for o in own), "details": details}


def _tidy() -> bytes:
    """Tidy cells of a sound report, one of which was not read with certainty: `raw` without `value`."""
    lines = ["unit,year,edition,table,row,column,value,raw,file,location"]
    for address in load_form(2021).addresses:
        value = ",12" if address == "disclosure.licensing.decisions" else "0,0"
        lines.append(
            f"青石镇,2023,2021,{address.replace('.', ',')},{value},qingshi-2023.pdf,page 2"
        )
    return "\n".join(lines).encode("utf-8-sig")


RULE = Rule(
    code="F004",
    severity=Severity.WARNING,
    title=Text("数字未能确定读出", "A figure was not read with certainty"),
    demand=Text("每一格的数字都确定无疑地读出", "Every cell was read with certainty"),
    message=Text(
        "有 {count} 格未能确定读出，没有参加核验：{cells}（读到“{raw}”）{doubt}",
        "Not read with certainty and left unchecked ({count}): {cells} (read “{raw}”) {doubt}",
    ),
    hint=Text(
        "请对照原件核实该格数字，或让报送单位提供可编辑的电子版（docx、xlsx）",
        "Look the figure up in the original, or ask for the editable file (docx, xlsx)",
    ),
    citations={0: "读取程序的自我说明，不涉及报告内容"},
    check=partial(by_table, test=_unsure, tell=_by_row),
    passes=patch(),
    fails=patch(file="cells.csv", raw=_tidy()),
)
