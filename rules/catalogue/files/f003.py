"""F003: what should be text is a picture."""

from typing import Any

import numpy as np

from rules.dataset import Dataset
from rules.form import TABLES
from rules.measure import NO_TEXT, Measure
from rules.observed import observed
from rules.outcomes import joined, outcome
from rules.sections import judged
from rules.vocabulary import Rule, Severity, Text, patch

_PAGE = "page"
_KINDS = (*TABLES, _PAGE)
_TABLE_WHY = Text(
    "表格是图片，其中的数字没有读出", "the table is a picture; its figures were not read"
)
_PAGE_WHY = Text("部分页面或内容没有文字", "a page or part holds no text")


def _check(data: Dataset) -> Measure:
    """Whole files without text, then the tables and pages of reports that are pictures."""
    return joined(outcome("F003", data), _parts(data))


def _parts(data: Dataset) -> Measure:
    seen = observed(data, "table_picture", "page_unread")
    key = seen["table"].where(seen["kind"].eq("table_picture"), _PAGE).fillna(_PAGE)
    which = key.map({k: i for i, k in enumerate(_KINDS)}).fillna(len(_KINDS) - 1).to_numpy(int)
    broken = np.zeros((len(data), len(_KINDS)))
    broken[seen["report"].to_numpy(dtype=np.int64), which] = 1
    no_text = ~data.reports["text"].to_numpy(dtype=bool)
    broken[no_text] = np.nan
    seen = seen.assign(which=which)

    def tell(report: int, kind: int) -> dict[str, Any]:
        rows = seen[seen["report"].eq(report) & seen["which"].eq(kind)]
        said = tuple(dict.fromkeys(t for t in rows["text"].dropna() if t))
        places = rows["location"].dropna().tolist()
        return {
            "statement": _KINDS[kind],
            "location": places[0] if places else None,
            "details": {
                "reason": _PAGE_WHY if _KINDS[kind] == _PAGE else _TABLE_WHY,
                "detail": said,
            },
        }

    reason = np.where(np.isnan(broken), 0, -1)
    return judged(data, broken, tell, reason=reason, reasons=(NO_TEXT,))


def _scan() -> bytes:
    """A PDF of one page that holds a picture of one grey dot and no text."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length 30 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q  \nendstream",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\xc0\nendstream",
    )
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


RULE = Rule(
    code="F003",
    severity=Severity.ERROR,
    title=Text("扫描件或图片，没有文字", "A scan or picture without text"),
    demand=Text(
        "年报有可读取的文字；表格不是图片", "The report holds text; no table of it is a picture"
    ),
    message=Text("没有可读取的文字：{reason} {detail}", "Without text: {reason} {detail}"),
    hint=Text(
        "请安装文字识别组件（pip install nianbao[ocr]）后重试，或让报送单位提供可编辑的电子版；"
        "图片中的表格不等于空表，其中的数字没有经过核验",
        "Install the OCR extra (pip install nianbao[ocr]) or ask for the editable file; "
        "a table that is a picture is not a blank one, its figures were not checked",
    ),
    citations={0: "《政府信息公开条例》第四十九条（年度报告应当提交并向社会公布）"},
    check=_check,
    passes=patch(),
    fails=patch(file="qingshi-2023.pdf", raw=_scan()),
)
