"""What one label of a list of units may be: a row, a column, a group or a table of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from audit.recognise.labels import (
    NUMBERED,
    application_columns,
    application_rows,
    disclosure_blocks,
    dispute_columns,
    dispute_rows,
)
from audit.recognise.normalise import folded, key
from rules.form import load_form

#: What a label counts, behind it: 予以公开（件）.
_COUNTED = re.compile(r"[(（](?:单位[:：])?(?:件|份|宗|条|起|个|次|项|数量|万元)[)）]\s*$")
#: What stands between labels in one cell: （一）予以公开/总计, 新收-自然人.
_BETWEEN = re.compile(r"[-—–－/／·:：|｜_→>\n]+")
#: What makes a label another one, however alike: 不予以公开, 上年予以公开.
_TELLING = "不未非无上去下中比率网增减占"
#: Labels shorter than this are only taken whole.
_SHORT = 4
#: From so alike on, of 100, a strange label may mean one of the form's, or is that, or its group.
_MEANT, _ALIKE, _GROUP = 60.0, 78.0, 85.0
#: The outcomes together; a bare 总计 under them is （七）.
OUTCOMES = "三、本年度办理结果"
#: The applicants that are no natural persons.
KINDS = "法人或其他组织"
TOTALS = frozenset({"总计", "合计", "总数"})
_OTHERS = key("（六）其他处理")


class Role(NamedTuple):
    """What one label may be: `kind` is table, group, row or column; `name` the form's key for it.

    `under` is the group that must stand above for the label to be that.
    """

    kind: str
    table: str
    name: str
    under: str = ""


@lru_cache(maxsize=4096)
def roles_of(text: str, edition: int) -> tuple[Role, ...]:
    """What a label of the form may be; nothing for any other."""
    wanted = key(text)
    exact = _roles(edition).get(wanted)
    if exact is not None or len(wanted) < _SHORT:
        return exact or ()
    near = {
        Role("row", table, name)
        for table, wordings in (("applications", application_rows()), ("disputes", dispute_rows()))
        if (name := wordings.find(text)) is not None
    }
    near |= {
        Role("row", "disclosure", name)
        for block in disclosure_blocks()
        if block.edition == edition and (name := block.rows.find(text)) is not None
    }
    columns = [("disputes", dispute_columns()), ("applications", application_columns())]
    columns += [("disclosure", b.columns) for b in disclosure_blocks() if b.edition == edition]
    near |= {Role("column", t, name) for t, w in columns if (name := w.find(text)) is not None}
    near |= {role for label, role in _groups().items() if _misspelt(wanted, label)}
    return tuple(near) if len(near) == 1 and _says_the_same(wanted, near, edition) else ()


def _says_the_same(wanted: str, near: set[Role], edition: int) -> bool:
    """Whether a label is cut from the one it is like, or says neither more nor less (不, 上年)."""
    (role,) = near
    own = (label for label, roles in _roles(edition).items() if role in roles)
    return any(
        label.startswith(wanted)
        or (
            fuzz.ratio(wanted, label) >= _ALIKE
            and all(wanted.count(c) == label.count(c) for c in _TELLING)
        )
        for label in own
    )


def _misspelt(wanted: str, label: str) -> bool:
    own = NUMBERED.sub("", label)
    if "第二十条" in label or len(own) < _SHORT:
        return False
    return max(fuzz.ratio(wanted, label), fuzz.ratio(wanted, own)) >= _GROUP


@lru_cache(maxsize=4096)
def meant(text: str, edition: int) -> tuple[Role, ...]:
    """What a strange label is likest to; nothing where it is like none."""
    wanted = key(text)
    scores: dict[Role, float] = {}
    for label, roles in _roles(edition).items():
        score = fuzz.ratio(wanted, label)
        if score >= _MEANT:
            own = [role for role in roles if role.kind != "table"]
            scores |= {role: max(score, scores.get(role, 0.0)) for role in own}
    best = max(scores.values(), default=0.0)
    return tuple(role for role, score in scores.items() if score == best)


@cache
def _groups() -> Mapping[str, Role]:
    """Labels that stand above others (as keys)."""
    groups = {r.group for r in load_form(2021).tables["applications"].rows if r.group}
    found = {key(group): Role("group", "applications", key(group)) for group in groups}
    found |= {NUMBERED.sub("", label): role for label, role in found.items()}
    found["办理结果"] = Role("group", "applications", key(OUTCOMES))
    for label in ("法人或其他组织", "法人和其他组织", "法人或者其他组织"):
        found[label] = Role("group", "applications", KINDS)
    found["行政诉讼"] = Role("group", "disputes", "行政诉讼")
    return found


@cache
def _roles(edition: int) -> Mapping[str, tuple[Role, ...]]:
    """Every wording of the form's labels (as a key) → what it may be."""
    found: dict[str, set[Role]] = {}
    for label, role in _all_roles(edition):
        found.setdefault(label, set()).add(role)
    return {label: tuple(sorted(roles)) for label, roles in found.items()}


def _all_roles(edition: int) -> Iterator[tuple[str, Role]]:
    for label, name in application_rows().names.items():
        if name == "total" and label in TOTALS:
            yield label, Role("row", "applications", name, key(OUTCOMES))
        elif name == "other_misc" and label == "其他":
            yield label, Role("row", "applications", name, _OTHERS)
        else:
            yield label, Role("row", "applications", name)
    for label, name in application_columns().names.items():
        yield label, Role("column", "applications", name)
    for label, name in dispute_rows().names.items():
        yield label, Role("row", "disputes", name)
    for label, name in dispute_columns().names.items():
        yield label, Role("column", "disputes", name)
    for block in disclosure_blocks():
        if block.edition == edition:
            article = key(block.block.article or "")
            yield article, Role("group", "disclosure", article)
            for label, name in block.rows.names.items():
                yield label, Role("row", "disclosure", name)
            for label, name in block.columns.names.items():
                yield label, Role("column", "disclosure", name)
    yield from _groups().items()
    yield from ((key(t), Role("table", table, "")) for t, table in _titles())


def _titles() -> Iterator[tuple[str, str]]:
    for section in load_form(2021).sections:
        if section.table is not None:
            titles = (section.title, *section.accepted, *section.variants)
            yield from ((title, section.table) for title in titles)
            yield f"表{'一二三四五六'[section.number - 1]}", section.table
    yield "申请人情况", "applications"
    yield "信息内容", "disclosure"


def is_known(text: str, edition: int) -> bool:
    """Whether a label is one of the form's, or several of them in one cell."""
    return all(roles_of(part, edition) for part in parts_of(text, edition))


def is_like(text: str, edition: int) -> bool:
    """Whether a label that is none of the form's looks like one."""
    return any(meant(part, edition) for part in parts_of(text, edition))


def parts_of(text: str, edition: int) -> list[str]:
    """The labels in one cell: the text whole where that is one, or else its parts if they all are."""
    whole = _COUNTED.sub("", folded(text).strip())
    if key(whole) in _roles(edition):
        return [whole]
    parts = [p for p in _BETWEEN.split(whole) if key(p)]
    known = len(parts) > 1 and all(roles_of(p, edition) for p in parts)
    return parts if known else [whole]
