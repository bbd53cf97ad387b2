"""Every error that nianbao raises itself; each says what happened and what to do about it."""

from __future__ import annotations

from rules.vocabulary import Text


class NianbaoError(Exception):
    """Base of all of them. `hint` tells the user what to do; `exit_code` is the process's.

    A message in one language alone (that of a library or of the system) may be a plain string.
    """

    exit_code = 2

    def __init__(self, message: str | Text, hint: str | Text = "") -> None:
        self.message = message if isinstance(message, Text) else Text(message, message)
        self.hint = hint if isinstance(hint, Text) else Text(hint, hint)
        super().__init__(self.message.zh)


def about(place: str | Text, message: str | Text) -> Text:
    """A message behind the file, key or line that it is about."""
    where, what = (t if isinstance(t, Text) else Text(t, t) for t in (place, message))
    return Text(f"{where.zh}: {what.zh}", f"{where.en}: {what.en}")


class UsageError(NianbaoError):
    """The call, the configuration or the roster is wrong: nothing is checked."""


class UnreadableError(NianbaoError):
    """A file cannot be read (finding F001). `reason` is one of the keys of `REASONS`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[str, str]]:
        """Errors cross process borders; the default would call `__init__` with the message."""
        return (type(self), (self.reason, self.detail))


class NoTextError(UnreadableError):
    """A scan, and no OCR at hand (finding F003)."""


#: Why a file is unreadable: key → (what happened, what to do), in Chinese and English.
REASONS: dict[str, dict[str, tuple[str, str]]] = {
    "empty": {
        "zh": ("文件是空的", "请让报送单位重新发送"),
        "en": ("the file is empty", "ask the unit to send it again"),
    },
    "corrupt": {
        "zh": ("文件已损坏或不完整", "请让报送单位重新导出后发送"),
        "en": ("the file is damaged or cut off", "ask the unit to export and send it again"),
    },
    "encrypted": {
        "zh": ("文件设有打开密码", "请去掉密码后重新保存"),
        "en": ("the file is protected by a password", "save it again without the password"),
    },
    "unknown_format": {
        "zh": ("无法识别的文件格式", "请另存为 docx、xlsx、pdf、html 或 txt 后重试"),
        "en": ("unknown kind of file", "save it as docx, xlsx, pdf, html or txt"),
    },
    "archive": {
        "zh": (
            "是压缩包，但不是 zip 格式（rar、7z 等）",
            "请解压后核验其中的文件，或重新压缩为 zip",
        ),
        "en": (
            "an archive, but no zip (rar, 7z …)",
            "unpack it and check the files in it, or pack them as a zip",
        ),
    },
    "ofd": {
        "zh": ("OFD 版式文件，暂不支持读取", "请用 WPS 或 OFD 阅读器另存为 PDF 或 docx 后重试"),
        "en": ("an OFD file, which is not supported", "save it as PDF or docx"),
    },
    "limit": {
        "zh": (
            "文件超出处理限额",
            "请检查文件是否异常；确属正常的，可在 nianbao.toml 的 [limits] 中调高",
        ),
        "en": (
            "the file is over the limits",
            "see whether it is what it should be; if so raise [limits] in nianbao.toml",
        ),
    },
    "needs_office": {
        "zh": (
            "读取此格式需要 LibreOffice",
            "请安装 LibreOffice（免费），或用 Word/WPS 另存为 docx 后重试",
        ),
        "en": ("LibreOffice is needed for this format", "install it, or save the file as docx"),
    },
    "no_text": {
        "zh": (
            "扫描件或图片，没有可读取的文字",
            "请安装文字识别组件（pip install nianbao[ocr]），或让报送单位提供可编辑的电子版",
        ),
        "en": (
            "a scan or picture without text",
            "install the OCR extra (pip install nianbao[ocr]) or ask for the editable file",
        ),
    },
    "crashed": {
        "zh": ("读取此文件时程序异常退出", "请另存为其他格式后重试，并把该文件反馈给我们"),
        "en": ("the reader crashed on this file", "save it in another format, and report it to us"),
    },
    "timeout": {
        "zh": (
            "读取超时",
            "请检查文件是否异常；确属正常的，可在 nianbao.toml 的 [limits] 中调高时限",
        ),
        "en": (
            "reading took too long",
            "see whether it is what it should be; if so raise the time in [limits]",
        ),
    },
    "missing": {
        "zh": ("文件不存在或无权读取", "请检查路径和权限"),
        "en": ("the file is not there or may not be read", "check the path and the permissions"),
    },
    "special": {
        "zh": ("不是普通文件（管道、套接字或设备），没有读取", "请把它移出文件夹"),
        "en": ("not a regular file (a pipe, socket or device), not read", "move it elsewhere"),
    },
    "folder": {
        "zh": (
            "文件夹打不开，其中的文件都没有审核",
            "请检查文件夹的权限，路径过长的请移到浅一些的位置",
        ),
        "en": (
            "the folder can't be opened, nothing in it was audited",
            "check its permissions; move it if its path is too long",
        ),
    },
    "link_outside": {
        "zh": (
            "是链接，指向所给文件夹之外，没有读取",
            "请把文件本身放进文件夹，或在命令中直接写明它的路径",
        ),
        "en": (
            "a link that leads out of the folders given, not read",
            "put the file itself into the folder, or name its path in the call",
        ),
    },
    "killed": {
        "zh": (
            "读取此文件的进程被系统终止，多为内存不足",
            "请检查文件是否异常；确属正常的，请关闭其他程序或用 --jobs 1 重试",
        ),
        "en": (
            "the system ended the process that read the file, mostly for want of memory",
            "see whether it is what it should be; if so try again with --jobs 1",
        ),
    },
    "not_report": {
        "zh": (
            "不是政府信息公开工作年度报告",
            "请确认是否发错文件；确为年报的，请检查六个部分的标题和三张表是否齐全",
        ),
        "en": (
            "not an annual report on government information disclosure",
            "see whether the right file was sent, with the six sections and the three tables",
        ),
    },
    "unit_list": {
        "zh": (
            "是多个单位的汇总表（一行或一列一个单位），其栏目不能逐一对应年报格式的单元格，没有读取",
            "请用年报格式的行、列名称作表头（如“（一）予以公开/总计”），或提供各单位的年度报告",
        ),
        "en": (
            "a list of many units, a row or column for each, whose labels do not tell the form's cells",
            "head its columns with the form's own labels, or ask for the units' own reports",
        ),
    },
    "list_known": {
        "zh": ("是多个单位的汇总表，各单位另有年报，以年报为准", "无需处理"),
        "en": ("a list of units whose own reports are there; these count", "nothing to do"),
    },
    "no_unit": {
        "zh": (
            "无法判断是哪个单位的年报",
            "请在标题中写明单位全称，例如“××镇人民政府2023年政府信息公开工作年度报告”",
        ),
        "en": ("whose report it is can't be told", "name the unit in the title"),
    },
    "no_year": {
        "zh": ("无法判断是哪一年的年报", "请在标题中写明年度，并写明统计期限"),
        "en": ("the year of the report can't be told", "name the year in the title and the period"),
    },
    "old_form": {
        "zh": ("2019年以前的年报，适用旧条例，不在审核范围", "无需处理"),
        "en": ("a report from before 2019, under the former regulation", "nothing to do"),
    },
    "link": {
        "zh": ("是链接，所指的文件或文件夹已经计入", "无需处理"),
        "en": ("a link to a file or folder that is counted itself", "nothing to do"),
    },
    "page": {
        "zh": ("是同一份年报的续页，已与第1页的图片一起审核", "无需处理"),
        "en": ("a further page of a report, read with the picture of its first", "nothing to do"),
    },
    "left_behind": {
        "zh": ("系统或办公软件留下的临时文件", "无需处理"),
        "en": ("left behind by the system or an office program", "nothing to do"),
    },
    "set_aside": {
        "zh": ("名单、配置、输出文件，或配置中写明不审核的文件", "无需处理"),
        "en": (
            "a roster, configuration or output, or left out by the configuration",
            "nothing to do",
        ),
    },
    "not_format": {
        "zh": ("不是报告的文件格式", "无需处理"),
        "en": ("not a format that reports come in", "nothing to do"),
    },
}
