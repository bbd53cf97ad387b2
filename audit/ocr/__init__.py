"""Scans and pictures → grids and lines of text; needs the extra `ocr`, whose models work offline."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec


@cache
def available() -> bool:
    """Whether the extra is installed; nothing of it is imported."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))
