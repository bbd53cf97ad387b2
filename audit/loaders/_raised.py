"""Figures that are no part of the number they stand at: raised ones (12¹, not 121), struck out ones."""

from __future__ import annotations

from collections.abc import Collection

#: Said of a cell where it is not certain what was struck out.
STRUCK = "数字带有删除线，是否作废无法判断"

#: What is moved off its line by so much (half points) may be a note's mark.
MOVED = 4
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """The text with its figures as signs that are no part of any number."""
    return text.translate(_RAISED)


def moved(pieces: list[str], off: Collection[int]) -> None:
    """Raise the pieces with these numbers, moved off the line, where they stand at another figure.

    Alone they are a whole figure: some authors centre a cell's text by moving all of it.
    """
    first = 0
    while first < len(pieces):
        end = first
        while end in off:
            end += 1
        if end > first:
            before, after = (
                "".join(pieces[max(first - 1, 0) : first]),
                "".join(pieces[end : end + 1]),
            )
            if before[-1:].isdigit() or after[:1].isdigit():
                pieces[first:end] = map(raised, pieces[first:end])
        first = max(end, first + 1)
