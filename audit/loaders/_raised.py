"""Raised figures, as notes are marked by: kept apart from the number they stand at (12¹, not 121)."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """The text with its figures as signs that are no part of any number."""
    return text.translate(_RAISED)
