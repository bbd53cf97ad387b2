"""Texts that are copies of one another: MinHash over the whole run, confirmed by rapidfuzz.

Only Han characters count, so figures, dates and punctuation never tell two texts apart. Shingles
that many texts of the run share (the law's phrases, a county's template) count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

#: Han characters in a shingle, bins of a signature, and how the bins are cut into bands: pairs
#: of Jaccard 0.75 share a band in 997 of 1,000 cases, pairs of 0.3 in one of eight.
SHINGLE = 5
BINS = 64
ROWS = 4

#: A shingle is everybody's if more than this share of the texts, and this many, hold it.
COMMON_SHARE = 0.1
COMMON_LEAST = 5

#: Shingles of its own that a text must keep before it can be called a copy.
LEAST_OWN = 60

#: Buckets in which shingles are counted; a collision makes a shingle look commoner than it is.
_BUCKETS = 1 << 22

_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
#: Words that name the kind of unit: a copy has them changed.
_KIND = re.compile(r"(?<=[我本全])(?:街道|办事处|[镇乡街局委厅办院县区市省旗])")
_EMPTY = np.iinfo(np.uint64).max
_FACTORS = np.array([pow(0x9E3779B1, i, 1 << 64) | 1 for i in range(SHINGLE)], dtype=np.uint64)


def mask(text: str, names: Iterable[str] = ()) -> str:
    """The text's Han characters, without the unit's own `names` and words for its kind."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, "")
    return _KIND.sub("", _NOT_HAN.sub("", text))


def similarity(one: str, other: str) -> float:
    """How alike two masked texts are, 0 to 1: the share of characters that need not change."""
    from rapidfuzz.distance import Indel  # few runs have two texts to compare

    return Indel.normalized_similarity(one, other)


@dataclass(frozen=True)
class Signatures:
    """MinHash signatures of n texts: `bins` is n × BINS (uint64).

    `long` says which texts keep enough shingles of their own to be compared at all.
    """

    bins: np.ndarray
    long: np.ndarray
    common: np.ndarray


def signatures(texts: Sequence[str]) -> Signatures:
    """Signatures of masked texts, the shingles that many of them share left out."""
    common = _common(texts)
    bins = np.full((len(texts), BINS), _EMPTY, dtype=np.uint64)
    long = np.zeros(len(texts), dtype=bool)
    for i, text in enumerate(texts):
        own = _own(text, common)
        long[i] = len(own) >= LEAST_OWN
        if long[i]:
            bins[i] = _bins(own)
    return Signatures(bins, long, common)


def similar_pairs(
    texts: Sequence[str],
    threshold: float,
    *,
    apart: np.ndarray | None = None,
) -> list[tuple[int, int, float]]:
    """Pairs (i < j) of masked texts at least `threshold` alike, with their similarity, best first.

    Not every pair within a group of copies is told, but every text of the group is in one.
    `apart` names who each text belongs to: texts of one owner are not compared.
    """
    found = signatures(texts)
    owner = np.arange(len(texts)) if apart is None else np.unique(apart, return_inverse=True)[1]
    pairs = []
    for i, j in sorted(_candidates(found, owner)):
        if _overlap(_own(texts[i], found.common), _own(texts[j], found.common)) < threshold / 2:
            continue
        alike = similarity(texts[i], texts[j])
        if alike >= threshold:
            pairs.append((i, j, alike))
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))


def _shingles(text: str) -> np.ndarray:
    """The text's distinct shingles as hashes, uint64."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    size = len(codes) - SHINGLE + 1
    if size <= 0:
        return np.empty(0, dtype=np.uint64)
    hashed = np.zeros(size, dtype=np.uint64)
    for i, factor in enumerate(_FACTORS):
        hashed += codes[i : i + size] * factor
    hashed ^= hashed >> np.uint64(29)
    hashed *= np.uint64(0xBF58476D1CE4E5B9)
    hashed ^= hashed >> np.uint64(32)
    return np.unique(hashed)


def _common(texts: Sequence[str]) -> np.ndarray:
    """Which buckets hold shingles that belong to everybody: bool, `_BUCKETS` long."""
    counts = np.zeros(_BUCKETS, dtype=np.uint32)
    for text in texts:
        counts[np.unique(_bucket(_shingles(text)))] += 1
    return counts > max(COMMON_LEAST, COMMON_SHARE * len(texts))


def _bucket(shingles: np.ndarray) -> np.ndarray:
    return shingles & np.uint64(_BUCKETS - 1)


def _own(text: str, common: np.ndarray) -> np.ndarray:
    shingles = _shingles(text)
    return shingles[~common[_bucket(shingles)]]


def _overlap(one: np.ndarray, other: np.ndarray) -> float:
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / max(1, len(one) + len(other) - shared)


def _bins(shingles: np.ndarray) -> np.ndarray:
    """One permutation cut into bins, the least hash in each; an empty bin borrows from the next."""
    which = (shingles >> np.uint64(22)) % np.uint64(BINS)
    order = np.lexsort((shingles, which))
    bins = np.full(BINS, _EMPTY, dtype=np.uint64)
    present, first = np.unique(which[order], return_index=True)
    bins[present] = shingles[order][first]
    empty = np.flatnonzero(bins == _EMPTY)
    if len(empty):
        filled = present.astype(np.int64)
        nearest = filled[np.searchsorted(filled, empty) % len(filled)]
        bins[empty] = bins[nearest] + ((empty - nearest) % BINS).astype(np.uint64)
    return bins


def _candidates(found: Signatures, owner: np.ndarray) -> set[tuple[int, int]]:
    rows = np.flatnonzero(found.long)
    pairs: set[tuple[int, int]] = set()
    for start in range(0, BINS, ROWS):
        keys = np.zeros(len(rows), dtype=np.uint64)
        for k in range(start, start + ROWS):
            keys = keys * np.uint64(0x100000001B3) ^ found.bins[rows, k]
        for group in _groups(keys):
            pairs.update(_links(rows[group], owner))
    return pairs


def _groups(keys: np.ndarray) -> Iterator[np.ndarray]:
    order = np.argsort(keys, kind="stable")
    ends = np.flatnonzero(np.diff(keys[order])) + 1
    return (group for group in np.split(order, ends) if len(group) > 1)


def _links(members: np.ndarray, owner: np.ndarray) -> Iterator[tuple[int, int]]:
    """Each member with the one before it and with the group's first, unless of one owner."""
    for before, after in pairwise(members):
        for other in (before, members[0]):
            if owner[other] != owner[after]:
                yield (min(int(other), int(after)), max(int(other), int(after)))
