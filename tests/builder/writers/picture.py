"""A table as a picture, where a report has no table to read."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from tests.builder.matrix import Matrix

_CELL = (46, 20)


def table_picture(table: Matrix) -> bytes:
    """A PNG of the table's rulings, wide as a table is; its text does not matter to who sees a picture."""
    wide, high = _CELL
    image = Image.new("L", (wide * table.width + 2, high * table.height + 2), 255)
    draw = ImageDraw.Draw(image)
    for box in table.boxes:
        left, top = box.column * wide, box.row * high
        draw.rectangle(
            (left, top, left + box.column_span * wide, top + box.row_span * high), outline=0
        )
        if box.text:
            middle = top + high * box.row_span // 2
            draw.line((left + 8, middle, left + 14, middle), fill=60, width=3)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
