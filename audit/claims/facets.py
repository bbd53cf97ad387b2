"""One total divided in several ways: 收到12件。从渠道看，网上8件、来信4件；从内容看，…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audit.claims.parts import Part, parts_of
from audit.claims.quantities import Quantity, Signed

#: How a way of dividing is named. A sentence that begins so goes on with the one before.
FACET = re.compile(
    "[从按](?:照)?(?:申请|办理|公开|信息)?[^，。；：\ue001-\ue005]{2,8}(?:来?看|划?分|统计)[，：]?"
)
_CLOSED = re.compile("[；。]")
#: A total is taken for that of a division that misses it by this many at most, and a share of it.
_NEAR, _SHARE = 2, 0.8


def facets(signed: Signed) -> Iterator[tuple[Quantity, tuple[Part, ...]]]:
    """Totals with the parts of each division that misses them by little; one that makes a figure
    named before, or comes near to none, is left.
    """
    found = list(FACET.finditer(signed.text))
    if not found:
        return
    totals = [q for q in signed.of("count") if q.at < found[0].start() and q.exact]
    values = [q.value for q in totals]
    # What was carried in may be among what is divided.
    sums = {*values, *(a + b for a, b in pairwise(values))}
    ends = [m.start() for m in found[1:]] + [len(signed.text)]
    for match, end in zip(found, ends, strict=True):
        closed = _CLOSED.search(signed.text, match.end(), end)
        stop = closed.start() if closed else end
        for total in reversed(totals):
            parts, cut = parts_of(signed, total, match.end(), stop)
            makes = sum(p.value for p in parts)
            alike = abs(makes - total.value) <= _NEAR and makes >= _SHARE * total.value
            if cut or len(parts) < 2 or not all(p.figure.exact for p in parts):
                continue
            if makes in sums:
                break
            if alike:
                yield total, tuple(parts)
                break
