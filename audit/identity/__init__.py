"""Whose report of which year: title, then period and issuer, then text, then roster and file name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.document import Document, Place
from audit.identity.clue import Clue, Trust
from audit.identity.evidence import clues
from audit.identity.filename import folder_county, path_of
from audit.identity.names import GOVERNMENTS, Name, split
from audit.identity.prose import own_kind, rank_of_city
from audit.identity.roster import RosterIndex
from audit.identity.title import is_companion
from audit.recognise.normalise import squeezed
from audit.report import Body, Evidence, Identity

__all__ = ["RosterIndex", "identify", "is_companion", "named"]

_OFFICE = re.compile("(?:人民政府|政府)(?:办公室|办公厅|办)$")


def identify(document: Document, body: Body, roster: RosterIndex | None = None) -> Identity:
    """The identity of a report, and every piece of evidence it rests on; None where nothing tells."""
    found = list(clues(document, body))
    kind = own_kind(body.sections)
    evidence = [c.evidence for c in found]
    if kind is not None:
        evidence.append(kind)
    name = _unit(found, kind, document, evidence, roster)
    level = _level(name, kind, body, evidence) if name else None
    year = _best(found, "year")
    published = next((e.value for e in evidence if e.about == "published" and e.value), None)
    period = next((e.value for e in evidence if e.about == "period" and e.value), None)
    start, end = period.split("/") if period else (None, None)
    return Identity(
        unit=name.unit if name else None,
        county=name.county if name and level in ("township", "department", None) else None,
        level=level,
        year=int(year) if year else None,
        title=next((e.text for e in evidence if e.source == "title"), _page_title(found)),
        issuer=document.metadata.get("publisher") or _issuer(found),
        published=published,
        period_from=start,
        period_to=end,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def named(unit: str, roster: RosterIndex | None = None) -> Name:
    """A unit by the name that data gives it: the roster's word, else what the name itself tells."""
    name = split(squeezed(unit)) or Name(unit)
    listed = roster.find(name.unit, name.county) if roster is not None else None
    if listed is None:
        return name
    return Name(listed.unit, name.county or listed.county, listed.level or name.level)


def _best(found: Sequence[Clue], about: str) -> str | None:
    told = [c for c in found if c.evidence.about == about and c.evidence.value]
    return min(told, key=lambda c: c.trust).evidence.value if told else None


def _page_title(found: Sequence[Clue]) -> str | None:
    return next((c.evidence.text for c in found if c.trust is Trust.PAGE_TITLE), None)


def _issuer(found: Sequence[Clue]) -> str | None:
    return next(
        (c.evidence.value for c in found if c.trust in (Trust.SIGNATURE, Trust.ISSUER)), None
    )


def _unit(
    found: Sequence[Clue],
    kind: Evidence | None,
    document: Document,
    evidence: list[Evidence],
    roster: RosterIndex | None,
) -> Name | None:
    """The unit: the most trusted clue, mended by the others and by the roster."""
    told = [(c, c.name) for c in found if c.name is not None and not _refuted(c, kind)]
    if not told:
        return _by_file(document, evidence, roster)
    known = {n: roster.find(n.unit, n.county) for _, n in told} if roster is not None else {}

    def doubt(pair: tuple[Clue, Name]) -> tuple[int, int]:
        clue, name = pair
        weak = clue.trust is Trust.LETTERHEAD or clue.trust >= Trust.PUBLISHER
        strange = roster is not None and weak and known[name] is None
        wrong = clue.trust >= Trust.LETTERHEAD and _contradicts(name, kind)
        return (2 * wrong + strange + (name.level is None and known.get(name) is None), clue.trust)

    best = min(told, key=doubt)
    name = _completed(_government(best, kind), [n for _, n in told])
    folder = None
    if name.county is None and name.level not in GOVERNMENTS:
        folder = folder_county(document)
    listed = roster.find(name.unit, name.county) if roster is not None else None
    if roster is not None and listed is None and folder is not None:
        listed = roster.find(name.unit, folder.value)
    if listed is not None:
        evidence.append(Evidence("unit", "roster", listed.unit, name.unit, Place()))
        name = Name(
            listed.unit,
            name.county or listed.county,
            listed.level or name.level,
            listed.level is not None or name.certain,
        )
    if folder is not None and name.county is None:
        evidence.append(folder)
        name = name._replace(county=folder.value)
    return name


def _by_file(
    document: Document, evidence: list[Evidence], roster: RosterIndex | None
) -> Name | None:
    for part in reversed(path_of(document).parts[-2:]) if roster is not None else ():
        known = roster.find_in(part) if roster is not None else None
        if known is not None:
            evidence.append(Evidence("unit", "roster", known.unit, part, Place()))
            return known
    return None


def _refuted(clue: Clue, kind: Evidence | None) -> bool:
    """A site's government or a folder's, where the text says 我镇 or 我局: not even a last resort."""
    return (
        clue.trust >= Trust.PUBLISHER
        and clue.name is not None
        and clue.name.level in GOVERNMENTS
        and _contradicts(clue.name, kind)
    )


def _contradicts(name: Name, kind: Evidence | None) -> bool:
    """The county's office as the publisher of a report that says 我镇."""
    if kind is None or name.level is None or kind.text.startswith("全"):
        return False
    return kind.value in ("township", "department") and name.level != kind.value


def _government(best: tuple[Clue, Name], kind: Evidence | None) -> Name:
    """A government's office that publishes its government's report: 我县 in the text."""
    clue, name = best
    if clue.trust < Trust.LETTERHEAD or kind is None or kind.value not in GOVERNMENTS:
        return name
    if name.county is None or not _OFFICE.search(name.unit):
        return name
    level = "county" if kind.value == "county" or not name.county.endswith("市") else "city"
    return Name(name.county, None, level, certain=level == "county")


def _completed(name: Name, others: Sequence[Name]) -> Name:
    """A name without its last character (竹泓 for 竹泓镇), or without its county, from the others."""
    if name.level is None:
        name = next((o for o in others if o.level and _longer(o.unit, name.unit)), name)
    if name.county is None and name.level in ("township", "department"):
        county = next((o.county for o in others if o.unit == name.unit and o.county), None)
        name = name._replace(county=county)
    return name


def _longer(whole: str, short: str) -> bool:
    return whole.startswith(short) and 0 < len(whole) - len(short) <= 3


def _level(name: Name, kind: Evidence | None, body: Body, evidence: list[Evidence]) -> str | None:
    if name.level is None:
        return kind.value if kind is not None and kind.value in ("township", "department") else None
    if name.level == "city" and not name.certain:
        told = rank_of_city(body.sections)
        if told is not None:
            evidence.append(told)
            return told.value
    return name.level
