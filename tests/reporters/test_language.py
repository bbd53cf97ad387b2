"""Every text is there in both languages, and English outputs hold only the form's own Chinese."""

from __future__ import annotations

import ast
import re
import string
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

import audit
from audit.findings import Result
from audit.phrases import PHRASES, turned
from audit.reporters import reporters
from audit.texts import TEXTS, say
from rules.catalogue import catalogue
from rules.form import EDITIONS, TABLES, load_form
from tests.commands.county import nianbao
from tests.reporters.make_result import result, written

_CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def _used() -> set[str]:
    """Keys given to `say` as plain strings, anywhere in the package and its templates."""
    root = Path(audit.__file__).parent
    keys: set[str] = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "say":
                keys |= {
                    a.value
                    for a in node.args[:1]
                    if isinstance(a, ast.Constant) and isinstance(a.value, str)
                }
    for path in root.rglob("*.html"):
        keys |= set(re.findall(r'(?:say|fact)\("(\w+)"[,)]', path.read_text(encoding="utf-8")))
    return keys


def test_every_key_used_is_there() -> None:
    used = _used()
    assert len(used) > 50
    assert not used - set(TEXTS)


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_are_filled_and_name_the_same_facts(key: str) -> None:
    text = TEXTS[key]
    assert text.zh.strip() and text.en.strip()
    named = [
        {name for _, name, _, _ in string.Formatter().parse(t) if name} for t in (text.zh, text.en)
    ]
    assert named[0] == named[1]
    assert not _CHINESE.search(text.en)
    assert say(key, "en", **dict.fromkeys(named[0], 1))


#: What raises what people are told; a message in one language alone is one of a library or system.
_ERRORS = ("UsageError", "NianbaoError", "SettingError")
_TEXTS = ("Text", "Words")


def _sources() -> dict[str, ast.Module]:
    root = Path(audit.__file__).parent
    found = (root.parent / "rules", root)
    return {
        str(path.relative_to(root.parent)): ast.parse(path.read_text(encoding="utf-8"))
        for folder in found
        for path in folder.rglob("*.py")
        if "templates" not in path.parts
    }


def _called(node: ast.AST) -> str:
    return getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""


def _outside_texts(node: ast.AST) -> list[str]:
    """Chinese words in an expression that stand in no `Text`."""
    if _called(node) in _TEXTS:
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and _CHINESE.search(node.value) else []
    return [word for child in ast.iter_child_nodes(node) for word in _outside_texts(child)]


def _one_language(tree: ast.Module) -> list[str]:
    """Chinese that errors are given without English, also by way of a module's constants."""
    words = {
        target.id: _outside_texts(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Constant)
    }
    found = []
    for error in (n for n in ast.walk(tree) if _called(n) in _ERRORS):
        found += _outside_texts(error)
        named = [n.id for n in ast.walk(error) if isinstance(n, ast.Name)]
        found += [word for name in named for word in words.get(name, [])]
    return found


def test_every_error_is_told_in_both_languages() -> None:
    told = {path: _one_language(tree) for path, tree in _sources().items()}
    assert not {path: words for path, words in told.items() if words}
    for lacking in ('raise UsageError("没有")', 'W = "没有"\nraise SettingError("k", f"{W}：1")'):
        assert _one_language(ast.parse(lacking)), "the test sees one that lacks its English"


def _english_of(node: ast.Call) -> str | None:
    """The words of a `Text`'s English where they stand in the source."""
    if len(node.args) < 2 or not isinstance(node.args[1], ast.Constant | ast.JoinedStr):
        return None
    parts = [n.value for n in ast.walk(node.args[1]) if isinstance(n, ast.Constant)]
    return "".join(str(p) for p in parts)


def test_the_english_of_errors_is_english() -> None:
    raising = [
        nodes
        for nodes in (list(ast.walk(tree)) for tree in _sources().values())
        if any(_called(n) in _ERRORS for n in nodes)
    ]
    texts = [
        _english_of(node)
        for nodes in raising
        for node in nodes
        if isinstance(node, ast.Call) and _called(node) in _TEXTS
    ]
    assert len(texts) > 60
    assert not [t for t in texts if t is not None and _CHINESE.search(t)]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("nianbao.toml", 'rooster = "a"', "unknown setting rooster"),
        ("nianbao.toml", 'ignore = ["Q1"]', "ignore: no such rule: Q1"),
        ("nianbao.toml", 'plugins = ["own.py"]', "own rules can't be loaded"),
        ("nianbao.toml", 'patterns = ["own.yaml"]', "own.yaml: can't be read"),
        ("nianbao.toml", 'roster = "roster.csv"', "the roster can't be read"),
    ],
)
def test_wrong_settings_are_told_in_english(
    name: str, text: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = nianbao("check", tmp_path, "--lang", "en", "--config", tmp_path / name)
    assert done.exit_code == 2 and says in done.stderr
    assert not _CHINESE.search(done.stderr)


def _said_by_loaders() -> set[str]:
    """Sentences that loaders and recognisers keep as constants: why a cell is doubted."""
    root = Path(audit.__file__).parent
    found: set[str] = set()
    for path in (p for f in ("loaders", "recognise", "ocr") for p in (root / f).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            value = node.value if isinstance(node, ast.Assign) else None
            text = value.value if isinstance(value, ast.Constant) else None
            if isinstance(text, str) and re.match("^[^|\\[\\]()?*]{5,}(（.*）)?$", text):
                found.add(text)
    return {t for t in found if _CHINESE.search(t) and not _LISTS.fullmatch(t)}


#: Numerals and the like: a character each, not sentences.
_LISTS = re.compile(
    "[〇零一二三四五六七八九十壹贰叁肆伍陆柒捌玖甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥行政复议诉讼]+"
)


def test_what_loaders_say_is_there_in_both_languages() -> None:
    said = _said_by_loaders()
    assert len(said) > 15
    known = {re.sub(r":[^}]*}", "}", p.zh) for p in PHRASES}
    assert {re.sub(r":[^}]*}", "}", t) for t in said} <= known


def test_phrases_keep_their_facts() -> None:
    assert turned("文字识别把握不足（76%）", "en") == "OCR is not sure enough (76%)"
    assert turned("tables nested 60 deep", "zh") == "表格嵌套 60 层"
    assert turned("别的话", "en") == "别的话"
    for phrase in PHRASES:
        names = [set(re.findall(r"{(\w+)}", t)) for t in (phrase.zh, phrase.en)]
        assert names[0] == names[1] and not _CHINESE.search(phrase.en)


def _english() -> Result:
    """The plain result with the data's own words in English."""
    made = result()
    said = {"青石镇": "Unit A", "白石镇": "Unit B"}
    findings = [
        replace(
            f,
            unit=said.get(f.unit or "", f.unit),
            file="a.docx",
            excerpt=f.excerpt and "5 applications",
            actual="some" if isinstance(f.actual, str) else f.actual,
            waived=f.waived and "known",
        )
        for f in made.findings
    ]
    reports = made.data.reports.assign(unit=["Unit A", "Unit B"], file=["a.docx", "b.docx"])
    cells = made.data.cells.assign(raw="x")
    data = replace(made.data, reports=reports, cells=cells, files=made.data.files.assign(file="a"))
    why = {"Y501": dict.fromkeys(made.not_assessed["Y501"], 2)}
    why = {"Y501": {replace(t, en="no report"): n for t, n in why["Y501"].items()}}
    return replace(made, data=data, findings=findings, not_assessed=why, waivers=[])


def _form_terms() -> list[str]:
    terms = {"申请人情况", "信息内容", *(f"（{n}）" for n in "一二三四五六七八")}
    for edition in EDITIONS:
        form = load_form(edition)
        terms |= {s.title for s in form.sections}
        for table in (form.tables[t] for t in TABLES):
            blocks = table.blocks
            terms |= {b.article for b in blocks if b.article}
            labels = [label for b in blocks for label in (*b.rows, *b.columns)]
            labels += [table.merged.row] if table.merged else []
            terms |= {t for one in labels for t in (one.label, one.group) if t}
    for rule in catalogue().values():
        terms |= set(rule.citations.values())
    return sorted(terms, key=len, reverse=True)


@pytest.mark.parametrize("name", sorted(reporters()))
def test_english_outputs_hold_only_the_forms_own_chinese(name: str, tmp_path: Path) -> None:
    text = _read(written(name, _english(), tmp_path, "en"))
    if name == "sarif":  # all rules are told, with words of the form quoted in parts
        text = text[text.index('"results"') :]
    if name == "html":  # names of fonts
        text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    text = text.replace("\\", "")
    for term in _form_terms():
        text = text.replace(term, "")
    left = sorted({m.group() for m in re.finditer(rf"[^\n]{{0,20}}{_CHINESE.pattern}+", text)})
    assert not left


def _read(path: Path) -> str:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
        notes = [c.comment.text for c in cells if c.comment]
        return "\n".join([*book.sheetnames, *(str(c.value or "") for c in cells), *notes])
    if path.suffix == ".docx":
        made = docx.Document(str(path))
        lines = [c.text for t in made.tables for r in t.rows for c in r.cells]
        return "\n".join([*(p.text for p in made.paragraphs), *lines])
    return path.read_text(encoding="utf-8-sig")
