"""One report as it was read: who and when, its sections' text, its canonical cells."""

from __future__ import annotations

from dataclasses import field

from audit.document import Paragraph, Place
from audit.record import record
from rules.status import Status


@record
class ReadCell:
    """A cell of the form as the document has it. `value` is set where `status` is NUMBER."""

    address: str
    value: float | None
    raw: str
    status: Status
    place: Place
    #: False where the number had full-width digits, separators, a sign or a unit.
    plain: bool = True
    #: Why the reading is unsure, in words for the clerk.
    doubt: str = ""


@record
class ReadSection:
    """A heading and the text under it, tables left out. `key` is None for no section of the form.

    The text before the first heading is a section with key `preamble`, number and title empty.
    """

    key: str | None
    number: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    place: Place

    @property
    def text(self) -> str:
        """The paragraphs, parted by line breaks."""
        return "\n".join(p.text for p in self.paragraphs)


@record
class Observation:
    """Something met in the tables; `kind` is one of `rules.dataset.OBSERVATIONS`."""

    kind: str
    table: str | None
    item: str
    text: str
    place: Place


@record
class Evidence:
    """One piece of evidence on a report's identity, as it was found.

    `about` is unit|county|year|published|period|level; `source` is title|metadata|period|text|
    issuer|roster|file; `value` is what it says, `text` the words that say it.
    """

    about: str
    source: str
    value: str
    text: str
    place: Place


@record
class Identity:
    """Whose report of which year; None where nothing tells."""

    unit: str | None = None
    county: str | None = None
    level: str | None = None
    year: int | None = None
    title: str | None = None
    issuer: str | None = None
    published: str | None = None
    period_from: str | None = None
    period_to: str | None = None
    evidence: tuple[Evidence, ...] = ()


@record
class Body:
    """What the recogniser makes of a document's blocks (or of one report's share of them).

    `edition` is that of most blocks' labels, None where no label tells. `title` paragraphs are those
    before the preamble that look like the document's own heading. `text` is False for a unit's line
    in a list of many, which holds no text.
    """

    sections: tuple[ReadSection, ...]
    cells: tuple[ReadCell, ...]
    observations: tuple[Observation, ...]
    edition: int | None
    text: bool = True

    @property
    def is_report(self) -> bool:
        """Whether anything of the form was found: a table, or three of its sections."""
        known = {s.key for s in self.sections if s.key not in (None, "preamble")}
        return self.has_cells or len(known) >= 3

    @property
    def has_cells(self) -> bool:
        """Whether anything of a table was found, be it unread."""
        return any(c.status != Status.ABSENT for c in self.cells)


@record
class Report:
    """One report: identity and body, and the file (and part of it) they came from."""

    file: str
    part: str | None
    identity: Identity
    body: Body
    metadata: tuple[tuple[str, str], ...] = field(default_factory=tuple)
