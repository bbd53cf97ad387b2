"""A data repository's own pattern files → patterns that take their figures before the built-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audit.claims.extract import cleaned
from audit.claims.quantities import signed
from audit.claims.statements import Reader, statements
from audit.errors import UsageError
from rules.patterns import Pattern, PatternError, parsed
from rules.prose import sentences

#: Whose text the examples of a pattern are: they must hold at some level.
_LEVELS = ("township", "county")


def own_patterns(files: Sequence[Path]) -> tuple[Pattern, ...]:
    """The patterns of these files (the shape of `rules/claims/*.yaml`), each tried on its examples.

    Raises:
        UsageError: a file can't be read, says something unknown, or misses its own examples.
    """
    found: list[Pattern] = []
    for file in files:
        try:
            found += parsed(file.read_text(encoding="utf-8-sig"), file.name)
        except OSError as error:
            raise UsageError(f"{file}: 无法读取：{error.strerror}") from error
        except (PatternError, UnicodeDecodeError, TypeError, ValueError) as error:
            raise UsageError(f"{file}: 句式文件有误：{error}") from error
    for pattern in found:
        for case in pattern.matches:
            if [case.value] not in (values_in(pattern, case.text, level) for level in _LEVELS):
                raise UsageError(f"{pattern.name}: 没有从样例中读出 {case.value:g}：{case.text}")
        for text in pattern.rejects:
            if any(values_in(pattern, text, level) for level in _LEVELS):
                raise UsageError(f"{pattern.name}: 不应匹配的样例匹配了：{text}")
    return tuple(found)


def values_in(pattern: Pattern, text: str, level: str = "county") -> list[float]:
    """What one pattern, with no other before it, finds in a text; money as the tables have it."""
    reader = Reader(2023, level, (pattern,))
    home = next(iter((*pattern.home, *pattern.sections)), "overview")
    values = []
    for sentence in sentences(text):
        for found in statements(signed(cleaned(sentence.text)), home, "", reader):
            value = 0.0 if found.figure is None else found.figure.value
            values.append(value / 10_000 if pattern.concept.endswith(".amount") else value)
    return values
