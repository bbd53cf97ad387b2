"""XML as office programs write it, parsed without following anything and without comments.

Programs that edit such files put comments and instructions between cells, even into a text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

#: Parts of up to so many bytes are parsed in one go: piece by piece takes three times as long.
_WHOLE = 2**20


def xml(data: bytes) -> Element:
    """The root of an XML text.

    Raises:
        lxml.etree.XMLSyntaxError, ValueError: it is none.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def elements(data: bytes, tags: Sequence[str]) -> Iterator[Element]:
    """The elements of these tags; of a large text each is emptied when the next is asked for.

    Raises:
        lxml.etree.XMLSyntaxError, ValueError: it is no XML.
    """
    if len(data) <= _WHOLE:
        yield from xml(data).iter(*tags)
        return
    steps = etree.iterparse(
        io.BytesIO(data),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in steps:
        yield element
        element.clear(keep_tail=False)
