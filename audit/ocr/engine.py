"""The recogniser behind one small door: lines of a page by detection, texts of cropped lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import cv2
import numpy as np

#: Crops recognised at once; they are sorted by width, so a batch wastes little.
_BATCH = 6
#: Width that pages are brought to for finding lines (not for reading them); blank rows farther from
#: ink than this (pixels) are left out, as finding takes as long as the picture is large.
_FIND_WIDTH, _NEAR = 800, 14


#: Grey values below this are ink.
_INK = 128


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # slow to import, and an extra

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            # Pages come in the size they are to be looked at in, however low.
            "Det.limit_type": "min",
            "Det.limit_side_len": 32,
            "Rec.rec_batch_num": _BATCH,
            "Rec.rec_img_shape": [3, 48, 48],
            # Files are read by a process for each core; threads of theirs would only wait.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def texts(crops: Sequence[np.ndarray]) -> list[tuple[str, float]]:
    """Each crop's text and score (0 to 1); a crop is one line, grey, uint8."""
    if not crops:
        return []
    colours = [cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR) for crop in crops]
    told = _engine().recognize_txt(colours)
    return [(t, float(s)) for t, s in zip(told.txts or (), told.scores or (), strict=True)]


def boxes(grey: np.ndarray) -> np.ndarray:
    """Boxes (n × 4: left, top, right, bottom, pixels) of the lines of text on a page."""
    rows = _written(grey)
    if not len(rows):
        return np.empty((0, 4))
    scale = _FIND_WIDTH / grey.shape[1]
    small = cv2.resize(grey[rows], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    told = _engine()(
        cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False
    )
    if told.boxes is None or not len(told.boxes):
        return np.empty((0, 4))
    corners = np.asarray(told.boxes, dtype=float) / scale
    found = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
    at = np.clip(np.rint(found[:, [1, 3]]).astype(int), 0, len(rows) - 1)
    found[:, [1, 3]] = rows[at]
    return found


def _written(grey: np.ndarray) -> np.ndarray:
    """The numbers of the rows that hold ink, and of those near them."""
    inked = np.zeros((len(grey), 1), dtype=np.uint8)
    inked[:, 0] = (grey < _INK).any(axis=1)
    near = cv2.dilate(inked, np.ones((2 * _NEAR + 1, 1), np.uint8))
    return np.flatnonzero(near)
