"""Mistakes and sound figures of published reports, retold in words of our own, as documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from audit.reading.queue import Means
from audit.run import Call, audit
from rules.vocabulary import Severity
from tests.builder.build import write
from tests.builder.truth import ReportTruth, Written, base_report

DOCUMENTS = "disclosure.normative_documents"
RULES_ROW = "disclosure.regulations"


@dataclass(frozen=True)
class Told:
    """One report: figures, a sentence more in its first section, other fields."""

    unit: str = "青石镇"
    year: int = 2023
    says: str = ""
    cells: Mapping[str, Written] = field(default_factory=dict)
    preamble: str | None = None
    published: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    edition: int | None = None

    def truth(self) -> ReportTruth:
        more = {"主动公开": self.says} if self.says else {}
        made = base_report(
            self.unit, self.year, self.edition, county="云岭县", cells=self.cells, more=more
        )
        changed = {
            "preamble": self.preamble,
            "published": self.published,
            "titles": {**made.titles, **self.titles} if self.titles else None,
        }
        return replace(made, **{k: v for k, v in changed.items() if v is not None})


def requests(**rows: int) -> dict[str, Written]:
    """Requests of natural persons, by row of table three."""
    return {
        f"applications.{row}.{column}": count
        for row, count in rows.items()
        for column in ("natural_person", "total")
    }


def found(folder: Path, *reports: Told) -> dict[str, Severity]:
    """What is found of the first; the others are of earlier years."""
    paths = [
        write(one.truth(), folder / role / f"{one.unit}{one.year}年报.txt")
        for one, role in zip(reports, ("now", "before"), strict=False)
    ]
    result = audit(Call(paths=paths[:1], previous=paths[1:], means=Means(jobs=1)))
    assert not result.crashes
    return {f.rule: f.severity for f in result.findings}


LAST_YEAR = Told(year=2022, cells={f"{DOCUMENTS}.in_force": 2})
WRONG = [
    (
        "township with rules of law",
        "L401",
        [Told(cells={f"{RULES_ROW}.in_force": 6})],
    ),
    (
        "internal rules taken for rules of law",
        "L401",
        [
            Told(
                says="公开规章制度类信息2条。",
                cells={f"{RULES_ROW}.issued": 2, f"{RULES_ROW}.in_force": 2},
            )
        ],
    ),
    (
        "two issued, none repealed, stock unchanged",
        "Y507",
        [Told(cells={f"{DOCUMENTS}.issued": 2, f"{DOCUMENTS}.in_force": 2}), LAST_YEAR],
    ),
    (
        "6 + 6 = 6 + 0 in the text",
        "N602",
        [
            Told(
                says="新收政府信息公开申请6件，上年结转6件，办结6件，无结转下年度办理的申请。",
                cells=requests(new=6, granted=6, total=6),
            )
        ],
    ),
    (
        "6 + 6 = 6 + 0 in the table",
        "A301",
        [Told(cells=requests(new=6, carried_in=6, granted=6, total=6))],
    ),
    (
        "3437 of 3914",
        "N605",
        [Told(says="主动公开信息3437条，其中部门信息2105条、镇街信息1318条、其他信息491条。")],
    ),
    (
        "84 of 104",
        "N605",
        [Told(says="全年发布信息84条，其中动态类61条、公告类28条、政策类15条。")],
    ),
    (
        "33 of 34",
        "N605",
        [Told(says="网站公开信息33条，其中概况3条、财政8条、动态23条。")],
    ),
    (
        "126 of 130",
        "N605",
        [Told(says="发布政策解读126条，其中文字解读66条、图片解读51条、视频解读13条。")],
    ),
    (
        "a part larger than the whole",
        "N605",
        [Told(says="全年公开信息382条，其中微信公众号发布2443条。")],
    ),
    (
        "516 of 200, 473 and 265",
        "N605",
        [Told(says="公开信息516条，其中法规类200余条、动态类473条、公示类265条。")],
    ),
    (
        "a garbled month",
        "N611",
        [Told(year=2020, says="统计数据截至2020你那12月31日。")],
    ),
    (
        "last year's report announced",
        "N606",
        [
            Told(
                year=2021,
                preamble="现公布青石镇2020年政府信息公开工作年度报告，依据国办公开办函〔2021〕30号编制，"
                "统计期限自2021年1月1日起至2021年12月31日止。",
            )
        ],
    ),
    (
        "a period that ends on 30 December",
        "S112",
        [
            Told(
                year=2021,
                preamble="本报告依据国办公开办函〔2021〕30号编制，统计期限为2021年1月1日至2021年12月30日。",
            )
        ],
    ),
    (
        "a heading that stutters",
        "S103",
        [Told(titles={"disclosure": "二、主动公开政府政府信息情况"})],
    ),
    (
        "a township that calls itself a subdistrict",
        "N607",
        [Told(unit="桂岭乡", says="我街道高度重视政务公开工作。")],
    ),
    ("a township that calls itself a bureau", "N607", [Told(says="我局高度重视政务公开工作。")]),
    ("dated before the year was over", "N611", [Told(year=2022, published="2022-12-27")]),
    (
        "the notice under another office's number",
        "S113",
        [
            Told(
                preamble="本报告依据国办发〔2021〕30号编制，统计期限自2023年1月1日起至2023年12月31日止。"
            )
        ],
    ),
    ("the form of 2019 for 2022", "S108", [Told(year=2022, edition=2019)]),
    ("a number left out", "S114", [Told(says="全年发布信息   条。")]),
    ("documents in force left out", "S114", [Told(says="共有件现行有效的规范性文件。")]),
    (
        "cases without their total",
        "A304",
        [
            Told(
                unit="云岭县",
                cells={"disputes.review.upheld": 10, "disputes.review.corrected": 1},
            )
        ],
    ),
]


@pytest.mark.parametrize(("code", "reports"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG])
def test_what_is_wrong_is_found_and_nothing_else(
    code: str, reports: list[Told], tmp_path: Path
) -> None:
    rules = found(tmp_path, *reports)
    assert code in rules
    grave = {rule for rule, severity in rules.items() if severity is not Severity.INFO}
    assert grave <= {code}


def test_the_old_form_with_every_cell_blank(tmp_path: Path) -> None:
    blank = Told(year=2022, edition=2019).truth()
    blank = replace(blank, cells=dict.fromkeys(blank.cells, ""))
    path = write(blank, tmp_path / "青石镇2022年报.txt")
    result = audit(Call(paths=[path], means=Means(jobs=1)))
    assert {"S108"} < {f.rule for f in result.findings} <= {"S104", "S108", "V201"}


def test_a_fee_in_yuan_by_its_label(tmp_path: Path) -> None:
    truth = Told(cells={"disclosure.fees.amount": 251000}).truth()
    label = "本年收费金额（单位：万元）"
    path = write(replace(truth, labels={label: "本年收费金额（单位：元）"}), tmp_path / "a.txt")
    result = audit(Call(paths=[path], means=Means(jobs=1)))
    assert [f.rule for f in result.findings] == ["V206"]


TEN = (120, 98, 86, 77, 70, 61, 52, 40, 25, 15)
EIGHTEEN = (20, 18, 15, 12, 10, 9, 8, 7, 6, 5, 5, 4, 3, 2, 2, 1, 1, 1)


def parts(counts: tuple[int, ...]) -> str:
    return "、".join(f"{chr(0x7532 + i)}类{n}条" for i, n in enumerate(counts))


SOUND = [
    [
        Told(
            unit="廿里街道",
            says="新收政府信息公开申请16件，上年结转1件，办结16件，结转下年度1件。",
            cells=requests(new=16, carried_in=1, granted=16, total=16, carried_out=1),
        ),
        Told(
            unit="廿里街道",
            year=2022,
            says="新收申请7件，上年结转1件，其中予以公开3件，不予公开4件，结转下年度办理1件。",
            cells=requests(
                new=7, carried_in=1, granted=3, denied_process=4, total=7, carried_out=1
            ),
        ),
    ],
    [
        Told(
            unit="住房和城乡建设局",
            year=2021,
            says="收到政府信息公开申请106件，上年结转8件，办结113件，结转下年1件。",
            cells=requests(new=106, carried_in=8, granted=113, total=113, carried_out=1),
        )
    ],
    [Told(year=2024, says=f"全年公开信息{sum(TEN)}条，其中{parts(TEN)}。")],
    [Told(year=2022, says=f"公开政府信息{sum(EIGHTEEN)}条，包括{parts(EIGHTEEN)}。")],
    [
        Told(
            says="公开信息50条，其中政策文件20条（县级10条、镇级4条、解读1条、其他5条），"
            "财政11条、人事4条、规划8条、动态7条。"
        )
    ],
    [
        Told(
            unit="农业农村局",
            year=2022,
            says="主动公开信息848条，分别为网站513条、公众号283条、公示栏52条。",
        )
    ],
    [
        Told(
            year=2022,
            says="发布信息580条，其中网站118条，占20.34%；公众号142条，占24.48%；微博320条，占55.18%。",
        )
    ],
    [
        Told(
            unit="公安局",
            says="收到政府信息公开申请22件，较2022年的31件下降29%，其中予以公开1件，部分公开4件，"
            "不予公开3件，无法提供9件，不予处理5件。",
            cells=requests(
                new=22,
                granted=1,
                partial=4,
                denied_process=3,
                unable_not_held=9,
                refused_repeat=5,
                total=22,
            ),
        )
    ],
    [
        Told(
            unit="棠溪街道",
            year=2021,
            says="公开信息306条，其中网站216条、公众号22条、公示栏299条。",
        )
    ],
    [Told(says="公开信息77条，其中动态50条、公告13条等。")],
    [Told(says="公开信息423条，主要包括财政预决算、社会救助等信息408条。")],
    [Told(says="公开信息313条，其中政策解读100条、重点领域138条。")],
]


@pytest.mark.parametrize("reports", SOUND, ids=range(len(SOUND)))
def test_figures_that_hold_raise_nothing(reports: list[Told], tmp_path: Path) -> None:
    rules = found(tmp_path, *reports)
    assert {r for r, severity in rules.items() if severity is not Severity.INFO} == set()
