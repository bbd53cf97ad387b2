"""Rich text's tokens → paragraphs, pictures and tables as they print."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field

from audit.loaders._raised import moved, raised
from audit.loaders._rtf_tokens import CHARSETS, PAGES, SIGNS, SYMBOLS, Token, decoded
from audit.loaders._rtf_words import (
    FACTS,
    FLOWS,
    GROUPS,
    HEEDED,
    MERGES,
    NUMBER,
    SKIPPED,
    STARRED,
    SWITCHES,
)
from audit.loaders._word_lists import numbered
from audit.loaders._word_model import Image, Item, Text
from audit.loaders._word_ole import NotWord97Error
from audit.loaders._word_sprm import Edge
from audit.loaders._word_story import OpenStory

_TWIPS = 20
#: No document nests tables so deep; a garbled number does.
_DEEPEST = 50


@dataclass
class _State:
    """What holds until the group ends."""

    skip: bool = False
    hidden: bool = False
    raised: bool = False
    struck: bool = False
    off: bool = False
    fonts: bool = False
    facts: bool = False
    font: int = 0
    fallback: int = 1
    depth: int = 0
    heading: bool = False
    #: The flow that this group opened, if it did.
    opens: bool = False


@dataclass
class _Flow:
    """The body, a text box, a list's number, a fact: its items and the paragraph so far, after its `number`."""

    fact: str = ""
    story: OpenStory = field(default_factory=OpenStory)
    number: str = ""
    pieces: list[str] = field(default_factory=list)
    #: Which of the pieces are moved off the line.
    off: set[int] = field(default_factory=set)
    hanging: list[Item] = field(default_factory=list)


class Reader:
    """Reads one document; `items` are the body's, `metadata` its title and author."""

    def __init__(self, page: int) -> None:
        self.metadata: dict[str, str] = {}
        self._page = PAGES.get(page, f"cp{page}")
        self._charsets: dict[int, str] = {}
        self._state = _State()
        self._states: list[_State] = []
        self._flows = [_Flow()]
        self._bytes = bytearray()
        self._left = 0
        self._starred = False
        self._edges: list[Edge] = []
        #: What rows of the tables around a nested one are laid out by.
        self._outer: list[list[Edge]] = []
        self._start = 0
        self._merges = (0, 0)
        self._size = [0, 0]

    def items(self, tokens: Iterable[Token]) -> list[Item]:
        """The body's items.

        Raises:
            NotWord97Error: groups that don't close, rows and cells that don't fit each other.
        """
        for token in tokens:
            if token.kind == "text":
                self._text(token.data)
                continue
            if self._bytes:
                self._decode()
            if token.kind == "word":
                if token.word in HEEDED or self._starred:
                    self._word(token.word, token.number)
                else:
                    self._left = 0  # most words are of fonts, colours and borders
            elif token.kind == "sign":
                self._sign(token.word)
            elif token.kind == "open":
                self._states.append(self._state)
                self._state = copy(self._state)
                self._state.opens = False
                self._left = 0
            else:
                self._close()
        if self._states or len(self._flows) != 1:
            raise NotWord97Error("groups that are not closed")
        self._end_paragraph(last=True)
        return self._flows[0].story.done()

    # ---- groups

    def _close(self) -> None:
        if not self._states:
            raise NotWord97Error("a group ends that did not begin")
        if self._state.opens:
            self._end_flow()
        self._state = self._states.pop()
        self._left = 0
        self._starred = False

    def _open_flow(self, fact: str = "") -> None:
        self._flows.append(_Flow(fact))
        self._state.opens, self._state.skip = True, False
        self._state.depth, self._state.heading = 0, False

    def _end_flow(self) -> None:
        flow = self._flows[-1]
        if flow.fact == NUMBER:
            number = "".join(flow.pieces).strip()
            self._flows.pop()
            self._flows[-1].number += f"{number} " if number[-1:].isalnum() else number
            return
        if flow.fact:
            self.metadata[flow.fact] = "".join(flow.pieces).strip()
            self._flows.pop()
            return
        self._end_paragraph(last=True)
        self._flows.pop()
        self._flows[-1].hanging.extend(flow.story.done())

    def _destination(self, word: str) -> bool:
        """Whether a word says what its group is, and what follows from that."""
        starred, self._starred = self._starred, False
        if word in FACTS and self._state.facts:
            self._open_flow(FACTS[word])
        elif word == "ud" or (word in STARRED and not self._state.skip):
            self._state.skip = False
            if word == "nesttableprops":
                self._outer.append(self._edges)
        elif word in FLOWS and not self._state.skip:
            self._open_flow(FLOWS[word])
        elif word == "fonttbl":
            self._state.fonts = True
        elif word == "pict":
            self._size = [0, 0]
            if not self._state.skip:
                self._flows[-1].hanging.append(Image())
            self._state.skip = True
        elif word in SKIPPED or starred:
            self._state.skip = True
            self._state.facts = self._state.facts or word == "info"
        else:
            return False
        return True

    # ---- text

    def _text(self, data: bytes) -> None:
        if self._left:
            skipped = min(self._left, len(data))
            self._left -= skipped
            data = data[skipped:]
        if data and not (self._state.skip or self._state.fonts):
            self._bytes += data

    def _decode(self) -> None:
        data, self._bytes = bytes(self._bytes), bytearray()
        own = self._charsets.get(self._state.font, "")
        self._put(data.decode("ascii") if data.isascii() else decoded(data, own, self._page))

    def _put(self, text: str) -> None:
        state = self._state
        if not (state.skip or state.hidden or state.struck or state.fonts):
            flow = self._flows[-1]
            if state.off:
                flow.off.add(len(flow.pieces))
            flow.pieces.append(raised(text) if state.raised else text)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif self._left:
            self._left -= 1
        elif sign in "\r\n":
            self._end_paragraph()
        else:
            self._put(SYMBOLS.get(sign, ""))

    # ---- words

    def _word(self, word: str, number: int | None) -> None:
        if (self._starred or word in GROUPS) and self._destination(word):
            return
        state = self._state
        if word == "u" and number is not None:
            self._put(chr(number % 65_536))
            self._left = state.fallback
            return
        self._left = 0
        if word in SIGNS:
            self._put(SIGNS[word])
        elif word in SWITCHES:
            setattr(state, SWITCHES[word], number != 0)
        elif word == "uc":
            state.fallback = max(0, number or 0)
        elif word == "f":
            state.font = number or 0
        elif word == "fcharset" and state.fonts:
            self._charsets[state.font] = CHARSETS.get(number or 0, "")
        elif word in ("picwgoal", "pichgoal"):
            self._picture(word, number or 0)
        elif word == "nosupersub":
            state.raised = False
        elif word == "plain":
            state.raised = state.off = state.hidden = state.struck = False
        elif not state.skip:
            self._layout(word, number or 0)

    def _picture(self, word: str, twips: int) -> None:
        self._size[word == "pichgoal"] = twips
        hanging = self._flows[-1].hanging
        if hanging and isinstance(hanging[-1], Image):
            hanging[-1] = Image(self._size[0] / _TWIPS, self._size[1] / _TWIPS)

    def _layout(self, word: str, number: int) -> None:
        """Paragraphs and tables."""
        state = self._state
        if word == "pard":
            state.depth, state.heading = 0, False
        elif word == "intbl":
            state.depth = max(1, state.depth)
        elif word == "itap":
            if not 0 <= number <= _DEEPEST:
                raise NotWord97Error(f"tables nested {number} deep")
            state.depth = number
        elif word == "outlinelevel":
            state.heading = number < 9
        elif word in ("par", "sect"):
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            depth = 1 if word == "cell" else max(2, state.depth)
            self._end_paragraph(depth)
            self._flows[-1].story.at(depth).end_cell()
        elif word in ("row", "nestrow"):
            depth = 1 if word == "row" else max(2, state.depth)
            self._flows[-1].story.at(depth).end_row(tuple(self._edges), gone=False)
            if word == "nestrow" and self._outer:
                self._edges = self._outer.pop()
        else:
            self._row(word, number)

    def _row(self, word: str, number: int) -> None:
        across, down = self._merges
        if word == "trowd":
            self._edges, self._start, self._merges = [], 0, (0, 0)
        elif word == "trleft":
            self._start = number
        elif word in MERGES:
            more = MERGES[word]
            self._merges = (across or more[0], down or more[1])
        elif word == "cellx":
            left = self._edges[-1].right if self._edges else min(self._start, number)
            self._edges.append(Edge(left, number, across, down))
            self._merges = (0, 0)

    def _end_paragraph(self, depth: int | None = None, last: bool = False) -> None:
        flow = self._flows[-1]
        depth = self._state.depth if depth is None else depth
        if flow.off:
            moved(flow.pieces, flow.off)
        text = numbered(flow.number, "".join(flow.pieces))
        flow.number, flow.pieces, flow.off = "", [], set()
        hanging, flow.hanging = flow.hanging, []
        if last and not text and not hanging:
            return
        whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        flow.story.put(depth, [Text(whole.replace("\u00ad", ""), self._state.heading), *hanging])
