"""The recogniser behind one small door: lines of a page by detection, texts of cropped lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import cv2
import numpy as np

#: Crops recognised at once; they are sorted by width, so a batch wastes little.
_BATCH = 6
#: Width that pages are brought to for finding lines (not for reading them).
_FIND_WIDTH = 1000


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # slow to import, and an extra

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
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
    scale = _FIND_WIDTH / grey.shape[1]
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    told = _engine()(
        cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False
    )
    if told.boxes is None or not len(told.boxes):
        return np.empty((0, 4))
    corners = np.asarray(told.boxes, dtype=float) / scale
    return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
