"""Figures that are another year's, or only a difference: no claims about the year itself."""

from __future__ import annotations

import re

from rules.patterns import SIGNS

_CHANGE = re.compile("(?:增加|减少|增长|增|减|下降|上升|提高|提升|回落|多|少)(?:了|到|至|约)?$")
_COMPARED = re.compile(
    f"(?:[较比与同]|相比于?)(?:于|之)?(?:{SIGNS['year']}|去年|上年|上一年|前年)[^，。；]*$"
)
_LAST_YEAR = re.compile(
    "(?:去年|上年|上一年|往年|历年)(?:度)?(?!结转|转结|转入|接转|遗留|顺延)[^，。；]*$"
)


def is_contrast(before: str) -> bool:
    """Whether the words before a figure make it a difference, or a figure of the year before."""
    if _CHANGE.search(before) or _LAST_YEAR.search(before):
        return True
    found = _COMPARED.search(before)
    return found is not None and "相比" not in found.group()
