"""Figures that are no part of the number they stand at: raised ones (12¹, not 121), struck out ones."""

from __future__ import annotations

#: Said of a cell where it is not certain what was struck out.
STRUCK = "数字带有删除线，是否作废无法判断"

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """The text with its figures as signs that are no part of any number."""
    return text.translate(_RAISED)
