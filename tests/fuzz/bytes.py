"""Documents damaged as bytes: flipped, cut, spliced; zips and markup damaged where it hurts."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

Damage = Callable[[bytes, Random], bytes]
#: Numbers that programs trip over.
ODD = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"999999999",
    b"2147483648",
    b"99999999999999999999",
    b"1e9",
    b"",
)
_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[^<>]{1,400}>")
_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 10))
    + b'<!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


def _some(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(
        len(data), start + int(random.choice((1, 4, 30, 300, 5000)) * random.random())
    )


def flip(data: bytes, random: Random) -> bytes:
    """Some bytes are other bytes."""
    spoilt = bytearray(data)
    for _ in range(random.choice((1, 2, 5, 20, 200))):
        if spoilt:
            spoilt[random.randrange(len(spoilt))] ^= 1 << random.randrange(8)
    return bytes(spoilt)


def cut(data: bytes, random: Random) -> bytes:
    """The end is lacking, or the beginning."""
    at = random.randrange(len(data) + 1)
    return data[:at] if random.random() < 0.8 else data[at:]


def drop(data: bytes, random: Random) -> bytes:
    """A piece is lacking."""
    start, end = _some(data, random)
    return data[:start] + data[end:]


def double(data: bytes, random: Random) -> bytes:
    """A piece stands several times."""
    start, end = _some(data, random)
    return data[:start] + data[start:end] * random.choice((2, 3, 50)) + data[end:]


def noise(data: bytes, random: Random) -> bytes:
    """A piece is noise, or zeros."""
    start, end = _some(data, random)
    size = end - start
    return (
        data[:start]
        + (random.randbytes(size) if random.random() < 0.5 else bytes(size))
        + data[end:]
    )


def number(data: bytes, random: Random) -> bytes:
    """Some numbers are others: spans, lengths, offsets, counts."""
    found = list(_NUMBER.finditer(data))
    for match in sorted(
        random.sample(found, min(len(found), random.choice((1, 3, 10)))), key=_last
    ):
        data = data[: match.start()] + random.choice(ODD) + data[match.end() :]
    return data


def _last(match: re.Match[bytes]) -> int:
    return -match.start()


def refer(data: bytes, random: Random) -> bytes:
    """References of a PDF lead elsewhere, to what refers to them even."""
    found = list(_REFERENCE.finditer(data))
    if len(found) < 2:
        return number(data, random)
    for _ in range(random.choice((1, 3, 10))):
        here, there = random.sample(found, 2)
        if len(here[0]) == len(there[0]):
            data = data[: here.start()] + there[0] + data[here.end() :]
    return data


def markup(data: bytes, random: Random) -> bytes:
    """Tags are lacking, doubled, turned or nested deeply; or entities declared that grow."""
    way = random.randrange(5)
    if way == 0:
        at = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
        return data[:at] + _ENTITIES + data[at:].replace(b">", b">&i;&x;", 3)
    found = list(_TAG.finditer(data))
    if not found:
        return drop(data, random)
    one = random.choice(found)
    before, tag, after = data[: one.start()], one[0], data[one.end() :]
    if way == 1:
        return before + after
    if way == 2:
        return before + tag * random.choice((2, 40, 3000)) + after
    if way == 3:
        return before + random.choice(found)[0] + after
    name = re.match(rb"<[/?!]?([\w:]*)", tag)
    closing = b"</" + (name[1] if name else b"a") + b">"
    depth = random.choice((3, 300, 20000))
    return before + tag * depth + b"1" + closing * depth + after


def text(data: bytes, random: Random) -> bytes:
    """Characters that few expect: NUL, halves of characters, marks that turn text, a huge line."""
    start, _ = _some(data, random)
    odd = (b"\0", b"\xff\xfe", b"\xed\xa0\x80", "\u202e".encode(), b"\x1b[2J", b"\r", b"1" * 70000)
    return data[:start] + random.choice(odd) + data[start:]


PLAIN: tuple[Damage, ...] = (flip, cut, drop, double, noise, number)
MARKUP: tuple[Damage, ...] = (markup, markup, number, text)


def _repacked(data: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in change(members).items():
            new.writestr(name, content)
    return stream.getvalue()


def member(data: bytes, random: Random) -> bytes:
    """A member of a zip is damaged inside, as the program that packs it would not notice."""

    def change(members: dict[str, bytes]) -> dict[str, bytes]:
        name = random.choice(_weighty(members))
        ways = (*PLAIN, *MARKUP, *MARKUP) if b"<" in members[name][:200] else PLAIN
        return {**members, name: random.choice(ways)(members[name], random)}

    return _repacked(data, change)


def swap(data: bytes, random: Random) -> bytes:
    """Members of a zip change places, get lost, or are called otherwise."""

    def change(members: dict[str, bytes]) -> dict[str, bytes]:
        names = list(members)
        one, other = random.choice(_weighty(members)), random.choice(names)
        way = random.randrange(4)
        if way == 0:
            return {**members, one: members[other], other: members[one]}
        if way == 1:
            return {n: m for n, m in members.items() if n != one}
        if way == 2:
            odd = random.choice(
                ("../../x.txt", "/etc/x", "C:\\x\\y", "a/" * 300 + "x", one.upper())
            )
            return {odd if n == one else n: m for n, m in members.items()}
        return {**members, one: bytes(random.choice((0, 100, 10_000_000)))}

    return _repacked(data, change)


def _weighty(members: dict[str, bytes]) -> list[str]:
    """The names, those of large members more often: that is where the report stands."""
    return [n for n, m in members.items() for _ in range(1 + min(8, len(m) // 2000))]


def damaged(data: bytes, other: bytes, random: Random) -> tuple[str, bytes]:
    """A document damaged in one to three ways that suit its kind, and the names of the ways."""
    done = []
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        if random.random() < 0.03:
            at = random.randrange(len(data) + 1)
            data, way = data[:at] + other[random.randrange(len(other) + 1) :], "splice"
        else:
            damage = random.choice(_ways(data))
            way = damage.__name__
            try:
                data = damage(data, random)
            except (
                zipfile.BadZipFile,
                zlib.error,
                EOFError,
                OSError,
                ValueError,
                NotImplementedError,
            ):
                data = flip(data, random)  # an earlier damage left no zip to repack
        done.append(way)
    return "+".join(done), data


def _ways(data: bytes) -> tuple[Damage, ...]:
    if data.startswith(b"PK"):
        return (*PLAIN, member, member, member, member, member, member, swap, swap)
    if data.startswith(b"%PDF"):
        return (*PLAIN, refer, refer, number)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return PLAIN
    return (*PLAIN, *MARKUP) if b"<" in data[:2000] else (*PLAIN, text)
