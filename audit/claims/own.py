"""A data repository's own pattern files → patterns that take their figures before the built-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audit.claims.extract import cleaned
from audit.claims.quantities import signed
from audit.claims.statements import Reader, statements
from audit.errors import UsageError, about
from rules.patterns import Pattern, PatternError, parsed
from rules.prose import sentences
from rules.vocabulary import Text

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
            why = error.strerror
            raise UsageError(
                about(str(file), Text(f"无法读取：{why}", f"can't be read: {why}"))
            ) from error
        except (UnicodeDecodeError, TypeError, ValueError) as error:
            told = (
                error.message if isinstance(error, PatternError) else Text(str(error), str(error))
            )
            message = Text(f"句式文件有误：{told.zh}", f"a wrong file of patterns: {told.en}")
            raise UsageError(about(str(file), message)) from error
    for pattern in found:
        _try(pattern)
    return tuple(found)


def _try(pattern: Pattern) -> None:
    """Hold a pattern to its own examples."""
    for case in pattern.matches:
        if [case.value] not in (values_in(pattern, case.text, level) for level in _LEVELS):
            value, text = f"{case.value:g}", case.text
            message = Text(
                f"没有从样例中读出 {value}：{text}",
                f"does not read {value} from its example: {text}",
            )
            raise UsageError(about(pattern.name, message))
    for text in pattern.rejects:
        if any(values_in(pattern, text, level) for level in _LEVELS):
            message = Text(
                f"不应匹配的样例匹配了：{text}", f"matches an example that it must not: {text}"
            )
            raise UsageError(about(pattern.name, message))


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
