"""What a file's name, its folder's and a sheet's say of unit and year: the last resort."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from audit.document import Document, Place
from audit.identity.clue import Clue, Trust, unit_clue, year_clue
from audit.identity.names import HAN, split
from audit.identity.title import arabic, parse
from audit.recognise.normalise import squeezed
from audit.report import Evidence

_FILE_WORDS = re.compile(
    "政府信息公开|政务公开|信息公开|政府信息|年度|年报表?|报告|工作|定稿|终稿|最终|修改稿?|送审稿?|初稿|上报|报送"
    "|公示|发布|附件|扫描件?|盖章|正式|文字|图片|超链|电子|新版|副本|版|稿|表格?|的|关于|情况"
)
_YEAR_FOLDER = re.compile(r"(?:20\d\d)?年?度?(?:年报|年度报告)?")
_FILE_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d|[-._年]?\d{1,2}[-._月])")


def path_of(document: Document) -> PurePosixPath:
    """The file's path, the members of an archive below it."""
    return PurePosixPath(document.file.replace("\\", "/").replace("!", "/"))


def file_clues(document: Document) -> Iterator[Clue]:
    """Clues from the part's name, the file's and its folder's."""
    if document.part:
        yield from _named(document.part, Trust.PART)
    path = path_of(document)
    yield from _named(path.stem, Trust.FILE)
    # The nearest folder that is more than a year's; one of a whole county says nothing of its units.
    folder = next((p for p in reversed(path.parent.parts) if not _YEAR_FOLDER.fullmatch(p)), "")
    for clue in _names_in(folder, Trust.FOLDER):
        if clue.name is not None and clue.name.level in ("township", "department"):
            yield clue


def folder_county(document: Document) -> Evidence | None:
    """The county in whose folder a file lies: the nearest that is a county's or a city's."""
    for part in reversed(path_of(document).parent.parts):
        for clue in _names_in(part, Trust.FOLDER):
            if clue.name is not None and clue.name.level in ("county", "city"):
                return Evidence("county", "file", clue.name.unit, part, Place())
    return None


def _named(stem: str, trust: Trust) -> Iterator[Clue]:
    plain = squeezed(stem)
    told = parse(stem, Place())
    if told is not None and told.year is not None:
        yield year_clue(trust, "file", told.year, plain, Place())
    elif len(years := set(_FILE_YEAR.findall(plain))) == 1:
        yield year_clue(trust, "file", int(years.pop()), plain, Place())
    elif not years and (year := arabic(plain)) is not None and "二" in plain:
        yield year_clue(trust, "file", year, plain, Place())
    if told is not None and told.unit is not None:
        yield from unit_clue(trust, "file", told.unit, plain, Place())
    else:
        yield from _names_in(stem, trust)


def _names_in(stem: str, trust: Trust) -> Iterator[Clue]:
    """The last piece of a file's name that is a unit's."""
    plain = squeezed(stem)
    pieces = re.split(rf"[^{HAN}]+", _FILE_WORDS.sub(" ", re.sub("年(?!画)", " ", plain)))
    for piece in reversed(pieces):
        name = split(piece)
        if name is not None and name.level is not None:
            yield Clue(trust, Evidence("unit", "file", name.unit, plain, Place()), name)
            return
