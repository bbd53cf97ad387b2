"""Frames, texts and configurations that no one thought of: every rule and reader holds."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import config
from audit.document import Cell, Document, Grid, Paragraph, Place
from audit.errors import UsageError
from audit.identity import identify
from audit.reading.one_file import Reading
from audit.reading.packing import pack
from audit.recognise import recognise
from audit.report import Report
from audit.run import Loaded
from rules.dataset import Status
from rules.form import load_form
from tests.rules.dataset_factory import Made, dataset

bounded = partial(
    settings,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

VALUES = st.one_of(
    st.integers(0, 30),
    st.integers(-5, 10**12),
    st.floats(-1e3, 1e12, allow_nan=False).map(lambda x: round(x, 6)),
    st.sampled_from([Status.BLANK, Status.PLACEHOLDER, Status.TEXT, Status.UNSURE, Status.ABSENT]),
)


@st.composite
def reports(draw: st.DrawFn) -> list[Made]:
    made = []
    for _ in range(draw(st.integers(1, 4))):
        year = draw(st.sampled_from([2019, 2020, 2021, 2022, 2023, 2024]))
        addresses = load_form(2019 if year < 2021 else 2021).addresses
        cells = draw(st.dictionaries(st.sampled_from(addresses), VALUES, max_size=60))
        made.append(
            Made(
                unit=draw(st.sampled_from(["青石镇", "白水乡", "县教育局", None])),
                year=year,
                role=draw(st.sampled_from(["report", "report", "previous", "parent"])),
                level=draw(st.sampled_from(["township", "department", "county", None])),
                cells=cells,
                text=draw(st.booleans()),
            )
        )
    return made


@bounded(max_examples=8)
@given(reports())
def test_rules_and_localisation_hold_on_any_figures(made: list[Made]) -> None:
    from audit.outcome import chosen, settle

    data = dataset(*made)
    rules = chosen(config.Config())
    result = settle(Loaded(data, [], []), rules, config.Config(), lambda *_: None)
    assert not [c for c in result.crashes if c.what != "accounting"]  # they came from no files


#: What reports are made of, put together in any order.
PIECES = (
    *(
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、",
        "四、行政复议",
        "五、存在的主要问题",
        "六、",
    ),
    *(
        "收到",
        "申请",
        "主动公开",
        "信息",
        "其中",
        "包括",
        "、",
        "，",
        "。",
        "；",
        "（",
        "）",
        "共",
        "约",
        "余",
    ),
    *(
        "件",
        "条",
        "万元",
        "%",
        "年",
        "月",
        "日",
        "0",
        "1",
        "2023",
        "12",
        "3.5",
        "二十",
        "一百零",
        "万",
        "亿",
    ),
    *(
        "较上年增长",
        "比2022年",
        "下降",
        "占",
        "未",
        "没有",
        "无",
        "分别为",
        "行政诉讼",
        "结转",
        "规章",
        "现行有效",
    ),
    *(
        "青石镇人民政府",
        "我局",
        "2023年政府信息公开工作年度报告",
        "自2023年1月1日起至",
        "\u3000",
        "\x00",
        "\u202e",
        "𠮷",
    ),
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30).map("".join)
LABELS = tuple(
    row.label for table in load_form(2021).tables.values() for b in table.blocks for row in b.rows
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width, height = draw(st.integers(1, 16)), draw(st.integers(1, 8))
    text = st.one_of(st.sampled_from(LABELS), st.integers(0, 999).map(str), TEXTS, st.just(""))
    cells, taken = [], set()
    for row in range(height):
        for column in range(width):
            if (row, column) in taken or draw(st.integers(0, 9)) == 0:
                continue
            across = draw(st.integers(1, 3))
            if any((row, c) in taken or c >= width for c in range(column, column + across)):
                across = 1
            taken.update((row, c) for c in range(column, column + across))
            place = Place(table=1, row=row + 1, column=column + 1)
            cells.append(Cell(draw(text), row, column, place, 1, across))
    return Grid(tuple(cells), Place(table=1))


BLOCKS = st.lists(
    st.one_of(TEXTS.map(lambda t: Paragraph(t, Place(line=1))), grids()), min_size=1, max_size=12
)


@bounded(max_examples=40)
@given(BLOCKS)
def test_any_blocks_are_recognised_identified_and_packed(blocks: list[Any]) -> None:
    document = Document("a.docx", "docx", tuple(blocks))
    for part in recognise(document):
        who = identify(document, part.body, None)
        report = Report(document.file, part.name, who, part.body)
        packed = pack(Reading("a.docx", "report", "audited", reports=(report,)))
        assert len(packed.status) == 1
        read = [c.address for c in part.body.cells]
        assert len(read) == len(set(read))
        assert all((c.value is not None) == (c.status is Status.NUMBER) for c in part.body.cells)


SCALARS = st.one_of(
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.text(max_size=8),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["A301", "error", "../x", "*", "01-31", "02-30", "a.csv"]),
)
KEYS = st.sampled_from(
    [
        *(
            "roster",
            "previous",
            "parent",
            "select",
            "ignore",
            "severity",
            "thresholds",
            "deadlines",
        ),
        *("rule_makers", "waivers", "plugins", "patterns", "exclude", "limits", "office", "letter"),
        *("rule", "reason", "expires", "unit", "seconds", "pages", "sender", "strange"),
    ]
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


def toml(value: Any) -> str:
    """A value as TOML writes it, in one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        shown = (c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in value)
        return '"' + "".join(shown) + '"'
    return value.isoformat() if isinstance(value, date) else str(value)


@bounded(max_examples=100)
@given(st.dictionaries(KEYS, TREES, max_size=4))
def test_a_configuration_is_taken_or_refused_in_words(tmp_path: Path, tree: dict[str, Any]) -> None:
    path = tmp_path / "nianbao.toml"
    lines = [f"{k} = {toml(v)}" for k, v in tree.items()]
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    try:
        made = config.load(path)
    except UsageError as error:
        assert str(path) in str(error)
    else:
        assert set(tree) <= set(vars(made)) and made.limits.seconds > 0


@pytest.mark.parametrize("text", ["[limits]\nseconds = 0\n", "[limits]\npages = -1\n"])
def test_limits_that_let_nothing_pass_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "nianbao.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        config.load(path)
