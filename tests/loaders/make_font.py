"""Small TrueType fonts: the characters of one text, cut out of an installed Noto CJK; and `boxes.ttf`.

`python -m tests.loaders.make_font` makes the latter again.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph

BOXES = Path(__file__).parents[2] / "audit" / "boxes.ttf"
#: Letters and figures are half as wide as Chinese characters, which begin here.
_WIDE = 0x2000


def small_font(text: str) -> bytes:
    """The font's bytes: its outlines are quadratic, as reportlab and others want them."""
    path = subprocess.run(
        ["fc-match", "-f", "%{file}", "Noto Sans CJK SC:style=Regular"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    font = next(
        f for f in TTCollection(path).fonts if "SC" in (f["name"].getBestFamilyName() or "")
    )
    options = subset.Options(layout_features=[], notdef_outline=True, name_IDs=[1, 2, 4, 6])
    cutter = subset.Subsetter(options)
    cutter.populate(text=text + " 0123456789.-/")
    cutter.subset(font)
    return _quadratic(font)


def _quadratic(font: TTFont) -> bytes:
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, 2.0, reverse_direction=True))
        drawn[name] = pen.glyph()
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(font.getBestCmap())
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics({name: font["hmtx"][name] for name in order})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Small", "styleName": "Regular", "psName": "Small"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    stream = io.BytesIO()
    builder.font.save(stream)
    return stream.getvalue()


def boxes_font() -> bytes:
    """A font in which every character is a box, wide or narrow."""

    def box(width: int) -> Glyph:
        pen = TTGlyphPen(None)
        for number, corner in enumerate(
            [(50, -100), (50, 800), (width - 50, 800), (width - 50, -100)]
        ):
            (pen.lineTo if number else pen.moveTo)(corner)
        pen.closePath()
        return pen.glyph()

    widths = {".notdef": 1000, "narrow": 500, "wide": 1000}
    builder = FontBuilder(1000, isTTF=True)
    builder.updateHead(created=0, modified=0)
    builder.setupGlyphOrder(list(widths))
    builder.setupCharacterMap({ord("0"): "narrow"})
    builder.setupGlyf({name: box(width) for name, width in widths.items()})
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost(keepGlyphNames=False)
    # Format 13 gives a range of characters one glyph.
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length = 13, 0, 0
    table.cmap = {c: "narrow" if c < _WIDE else "wide" for c in range(0x21, 0x30000)}
    builder.font["cmap"].tables = [table]
    builder.font.recalcTimestamp = False
    stream = io.BytesIO()
    builder.font.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    BOXES.write_bytes(boxes_font())
