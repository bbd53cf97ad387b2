"""F001: the file can't be read."""

from functools import partial

from rules.outcomes import outcome
from rules.vocabulary import Rule, Severity, Text, patch

RULE = Rule(
    code="F001",
    severity=Severity.ERROR,
    title=Text("文件无法读取", "The file can't be read"),
    demand=Text(
        "报送的文件能够打开：没有损坏，不是空文件，没有密码，格式可识别，大小在限额之内",
        "The file opens: it is whole, not empty, without a password, of a known kind, within the limits",
    ),
    message=Text("文件无法读取：{reason} {detail}", "The file can't be read: {reason} {detail}"),
    hint=Text(
        "请按提示处理后重新报送；该文件没有经过任何核验",
        "Mend the file as told and send it again; nothing in it was checked",
    ),
    citations={0: "《政府信息公开条例》第四十九条（年度报告应当提交并向社会公布）"},
    check=partial(outcome, "F001"),
    passes=patch(),
    fails=patch(file="qingshi-2023.docx", raw=b""),
)
