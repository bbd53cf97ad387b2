"""A small TrueType font with only the characters of one text, cut out of an installed Noto CJK."""

from __future__ import annotations

import io
import subprocess

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont


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
