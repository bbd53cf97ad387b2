"""One report's repairs, best first: by evidence, then by how likely the slip is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.findings import Suspect
from audit.localise.closed import Repair
from audit.localise.evidence import SOURCES
from audit.localise.network import Network
from audit.localise.slips import AMONG, ONLY, TOGETHER, cost
from rules.vocabulary import Text

#: Sets of suspects that are told; more would be no help to a clerk.
MOST = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """A repair with what speaks for it: evidence (higher is better), cost (lower is better).

    `evidence` has an entry for each source, in the order of trust: the cells it agrees with less
    those it contradicts.
    """

    repair: Repair
    evidence: tuple[int, ...]
    cost: float
    reasons: tuple[Text, ...]


def suspects(
    network: Network,
    values: Sequence[int],
    repairs: Sequence[Repair],
    known: Mapping[str, Mapping[int, Text]],
    blanks: frozenset[str] = frozenset(),
) -> tuple[Suspect, ...]:
    """The best sets of cells, at most `MOST`, best first; `values` are the report's (n).

    The first is likely where nothing else is as small, or where evidence beside the figures
    prefers it to all others and does not speak against it.
    """
    weighed = sorted(
        (_weigh(network, values, repair, known) for repair in repairs),
        key=lambda w: (tuple(-e for e in w.evidence), w.cost, w.repair.cells),
    )
    unique = len(weighed) == 1
    decided = unique or (
        len(weighed) > 1
        and weighed[0].evidence > weighed[1].evidence
        and weighed[0].evidence >= (0,) * len(SOURCES)
    )
    found = []
    for number, one in enumerate(weighed[:MOST], start=1):
        for cell, new, reason in zip(one.repair.cells, one.repair.values, one.reasons, strict=True):
            address = network.cells[cell]
            found.append(
                Suspect(
                    cell=address,
                    value=None if address in blanks else int(values[cell]),
                    suggestion=new,
                    unique=unique,
                    likely=decided and number == 1,
                    group=number,
                    reason=_worded(reason, len(one.reasons), unique),
                )
            )
    return tuple(found)


def _worded(reason: Text, cells: int, unique: bool) -> Text:
    """A reason that names no slip, by whether the cell is alone in its set, and the set alone."""
    if reason is not AMONG:
        return reason
    return TOGETHER if cells > 1 else ONLY if unique else AMONG


def _weigh(
    network: Network,
    values: Sequence[int],
    repair: Repair,
    known: Mapping[str, Mapping[int, Text]],
) -> Weighed:
    price, reasons = cost(network, values, repair)
    tally = dict.fromkeys(SOURCES, 0)
    for position, (cell, new) in enumerate(zip(repair.cells, repair.values, strict=True)):
        told = known.get(network.cells[cell], {})
        if new in told:
            tally[told[new]] += 1
            reasons[position] = told[new]
        elif int(values[cell]) in told:  # evidence says that this cell is right as it stands
            tally[told[int(values[cell])]] -= 1
    return Weighed(repair, tuple(tally.values()), price, tuple(reasons))
