"""What documents and reports are made of by the thousand: values that nobody changes, made fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A dataclass with slots whose fields the type checker holds to be read-only.

    `dataclass(frozen=True)` sees to that at run time, too, which makes each one three times as
    dear: a fifth of the time in which a report is read.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
