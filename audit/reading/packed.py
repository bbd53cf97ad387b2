"""A reading in plain columns: what goes from process to process, to other machines, into the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rules.columns import COLUMNS

if TYPE_CHECKING:
    from audit.frames import Block
    from audit.spill import Stored

#: Frames that a reading fills, each as columns in the order of `COLUMNS`.
FRAMES = ("reports", "cells", "sections", "observations", "evidence", "claims")

#: Cells of a tidy file up to which it is packed as columns like any other reading.
SMALL = 20_000

Columns = dict[str, list[list[Any]]]


@dataclass(frozen=True, slots=True)
class Packed:
    """What came of one file (or member): `audit.reading.one_file.Reading` with its reports as columns.

    `columns` holds plain values only (text, numbers, None, truth); `report` counts from 0. `status`
    has for each report the status of every address of `rules.form.all_addresses`, a byte each, in
    hexadecimal. `blocks` are frames of large tidy files, at hand or put away.
    """

    file: str
    role: str
    outcome: str
    digest: str = ""
    reason: str | None = None
    detail: str = ""
    crash: str | None = None
    columns: Mapping[str, list[list[Any]]] = field(default_factory=dict)
    status: tuple[str, ...] = ()
    blocks: tuple[Block | Stored, ...] = ()


def plain(reading: Packed) -> list[Any]:
    """A reading without blocks as values that JSON knows; the role is the run's, not the file's."""
    return [
        reading.file,
        reading.outcome,
        reading.digest,
        reading.reason,
        reading.detail,
        dict(reading.columns),
        list(reading.status),
    ]


def unplain(raw: list[list[Any]], role: str) -> list[Packed]:
    """Readings from what `plain` made of them.

    Raises:
        ValueError: they are not what `plain` makes.
    """
    found = []
    for file, outcome, digest, reason, detail, columns, status in raw:
        if columns:
            roles = columns["reports"][_ROLE]
            roles[:] = [role] * len(roles)
        told = Packed(
            file=file,
            role=role,
            outcome=outcome,
            digest=digest,
            reason=reason,
            detail=detail,
            columns=columns,
            status=tuple(status),
        )
        found.append(told)
    return found


_ROLE = list(COLUMNS["reports"]).index("role")
