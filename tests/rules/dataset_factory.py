"""Datasets made by hand: reports as plain values, no documents."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import pandas as pd

from rules.catalogue import FAMILIES
from rules.dataset import COLUMN_OF, Dataset, Settings, Status, typed
from rules.form import edition_for, load_form
from rules.schemas import assert_shape, broken
from rules.vocabulary import Rule

SOUND = {
    "preamble": "本报告依据国办公开办函〔2021〕30号编制，统计期限自2023年1月1日起至2023年12月31日止。",
    "overview": "（一）主动公开情况。按目录公开。（二）依申请公开情况。未收到申请。（三）政府信息管理情况。"
    "严格审查。（四）平台建设情况。维护专栏。（五）监督保障情况。工作考核合格，开展社会评议，无责任追究情形。",
    "disclosure": "",
    "applications": "",
    "disputes": "",
    "problems": "公开的深度还不够，经办人员业务能力有待提高。下一步将加强培训，增加解读材料。",
    "other": "本年度未收取信息处理费。",
}


@dataclass
class Made:
    """One report; what is left out is sound. `cells` may be numbers, a Status, or (Status, raw)."""

    unit: str | None = "青石镇"
    year: int = 2023
    role: str = "report"
    level: str | None = "township"
    county: str | None = None
    edition: int | None = None
    cells: Mapping[str, Any] = field(default_factory=dict)
    text: bool = True
    sections: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    seen: Sequence[tuple[str, str | None, str, str]] = ()
    published: str | None = None
    period: tuple[str | None, str | None] = (None, None)
    evidence: Sequence[tuple[str, str, str]] = ()
    not_plain: tuple[str, ...] = ()
    #: Figures that the text states: (section, concept, value, year).
    claims: Sequence[tuple[str, str, float, int | None]] = ()
    file: str | None = None


def dataset(
    *reports: Made,
    roster: Sequence[Mapping[str, str]] | None = None,
    files: Sequence[tuple[str, str, str]] = (),
    settings: Settings | None = None,
) -> Dataset:
    """A dataset of these reports; `files` are (file, outcome, reason)."""
    values = np.full((len(reports), len(COLUMN_OF)), np.nan)
    status = np.full(values.shape, Status.OUTSIDE, dtype=np.int8)
    frames: dict[str, list[dict[str, Any]]] = {
        n: [] for n in ("reports", "cells", "sections", "observations", "evidence", "claims")
    }
    for number, made in enumerate(reports):
        _add_report(frames, number, made)
        _add_cells(frames["cells"], values[number], status[number], number, made)
    made_frames = {name: _typed(name, rows) for name, rows in frames.items()}
    listed = [dict(zip(("file", "outcome", "reason"), f, strict=True)) for f in files]
    names = None if roster is None else _typed("roster", list(roster))
    assert_shape({**made_frames, **({} if names is None else {"roster": names})})
    return Dataset(
        **made_frames,
        values=values,
        status=status,
        files=_typed("files", listed),
        roster=names,
        settings=settings or Settings(),
    )


def rule_of(code: str) -> Rule:
    """A rule by its code, its own module loaded alone."""
    folder, _ = FAMILIES[code[0]]
    rule: Rule = importlib.import_module(f"rules.catalogue.{folder}.{code.lower()}").RULE
    return rule


def findings(code: str, data: Dataset) -> list[dict[str, Any]]:
    """The rule's findings as mappings, each message made in both languages to prove its template."""
    rule = rule_of(code)
    assert rule.check is not None
    measure = rule.check(data)
    judged = np.where(np.isnan(measure.residual), 0.0, measure.residual)
    wrong = broken({code: judged})[code]
    if not len(wrong):
        return []
    told = measure.tell(wrong).to_dict("records")
    for fact in told:
        rule.message.zh.format_map(_Any(fact["details"]))
        rule.message.en.format_map(_Any(fact["details"]))
    return told


def verdicts(code: str, data: Dataset) -> tuple[int, int, dict[str, int]]:
    """How many statements hold, are broken, and are not assessed by (English) reason."""
    rule = rule_of(code)
    assert rule.check is not None
    measure = rule.check(data)
    unknown = np.isnan(measure.residual)
    held = int((measure.residual == 0).sum())
    wrong = int((~unknown & (measure.residual != 0)).sum())
    reasons: dict[str, int] = {}
    which = np.zeros(len(unknown), int) if measure.reason is None else measure.reason
    for index in which[unknown].tolist():
        if index >= 0:
            name = measure.reasons[index].en
            reasons[name] = reasons.get(name, 0) + 1
    return held, wrong, reasons


class _Any(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        known = {"unit", "year", "expected", "actual", "subject", "cells", "excerpt"}
        assert key in known, f"no fact for {{{key}}}"
        return ""


def _typed(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    names = dict.fromkeys(key for row in rows for key in row)
    columns = {key: [row.get(key) for row in rows] for key in names}
    return typed(name, columns)


def _add_report(frames: dict[str, list[dict[str, Any]]], number: int, made: Made) -> None:
    frames["reports"].append(
        {
            "unit": made.unit,
            "county": made.county,
            "level": made.level,
            "year": made.year,
            "edition": made.edition or edition_for(made.year),
            "role": made.role,
            "file": made.file or f"{made.unit}{made.year}.docx",
            "published": made.published,
            "period_from": made.period[0],
            "period_to": made.period[1],
            "text": made.text,
        }
    )
    heads = {s.key: ("一二三四五六"[s.number - 1], s.title) for s in load_form(2021).sections}
    notice = load_form(edition_for(made.year) or 2021).notice
    sound = {key: text.replace("国办公开办函〔2021〕30号", notice) for key, text in SOUND.items()}
    texts = {**sound, **made.sections} if made.text else {}
    kept = [k for k in texts if k not in made.without]
    for order, key in enumerate(kept):
        printed, title = {"preamble": ("", ""), **heads, **made.titles}.get(key, ("", key))
        known = key if key in SOUND else None
        row = {"order": order, "key": known, "number": printed, "title": title}
        frames["sections"].append(
            {"report": number, **row, "text": texts[key], "location": f"line {order + 1}"}
        )
    for kind, table, item, text in made.seen:
        row = {"kind": kind, "table": table, "item": item, "text": text, "location": "page 1"}
        frames["observations"].append({"report": number, **row})
    for section, concept, value, year in made.claims:
        claim = {"section": section, "concept": concept, "value": value, "year": year}
        frames["claims"].append({"report": number, "kind": "count", "exact": True, **claim})
    for about, value, text in made.evidence:
        row = {"about": about, "source": "text", "value": value, "text": text}
        frames["evidence"].append({"report": number, **row, "location": "line 2"})


def _add_cells(
    rows: list[dict[str, Any]], values: np.ndarray, status: np.ndarray, number: int, made: Made
) -> None:
    form = load_form(made.edition or edition_for(made.year) or 2021)
    known: dict[str, Any] = dict.fromkeys(form.addresses, 0)
    for pattern, value in made.cells.items():
        found = [a for a in COLUMN_OF if fnmatchcase(a, pattern)]
        assert found, pattern
        inside = [a for a in found if a in known] if "*" in pattern else found
        known.update(dict.fromkeys(inside, value))
    for address, value in known.items():
        code, raw = Status.NUMBER, str(value)
        if isinstance(value, tuple):
            code, raw = value[0], value[1]
        elif isinstance(value, Status):
            code, raw = value, ""
        number_here = (
            float(value) if code is Status.NUMBER and not isinstance(value, tuple) else None
        )
        if isinstance(value, tuple) and len(value) == 3:
            number_here = float(value[2])
        at = COLUMN_OF[address]
        status[at] = code
        values[at] = np.nan if number_here is None else number_here
        if code not in (Status.ABSENT, Status.OUTSIDE):
            rows.append(
                {
                    "report": number,
                    "cell": address,
                    "value": number_here,
                    "raw": raw,
                    "status": int(code),
                    "plain": address not in made.not_plain,
                    "doubt": "字迹不清" if code is Status.UNSURE else None,
                    "location": "page 2 R1C1",
                }
            )
