"""The recogniser behind one small door: lines of a page by detection, texts of cropped lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import cv2
import numpy as np

#: Crops recognised at once are brought to one height and filled up to the widest: no more than so
#: many, and no wider than the narrowest by more than this, as time goes by the width.
_BATCH, _WIDER = 8, 1.05
#: The height, and the least width: of a figure alone in less room the recogniser is seldom sure, and
#: what it is not sure of is read twice.
_HEIGHT, _LEAST = 48, 64
#: Width that pages are brought to for finding lines (not for reading them); blank rows farther from
#: ink than this (pixels) are left out, as finding takes as long as the picture is large.
_FIND_WIDTH, _NEAR = 800, 14
#: Grey values below this are ink.
_INK = 128
#: A crop's height and pixels.
_Key = tuple[int, bytes]


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
            "Rec.rec_img_shape": [3, _HEIGHT, _LEAST],
            # Files are read by a process for each core; threads of theirs would only wait.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def texts(crops: Sequence[np.ndarray]) -> list[tuple[str, float]]:
    """Each crop's text and score (0 to 1); a crop is one line, grey, uint8."""
    found: dict[_Key, tuple[str, float]] = {}
    # On pages that no scanner has seen the same figure is often the same to the pixel.
    keys = [(len(crop), crop.tobytes()) for crop in crops]
    for batch in _batches(dict(zip(keys, crops, strict=True))):
        colours = [cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR) for _, crop in batch]
        told = _engine().recognize_txt(colours)
        for (key, _), text, score in zip(batch, told.txts or (), told.scores or (), strict=True):
            found[key] = (text, float(score))
    return [found[key] for key in keys]


def _batches(crops: dict[_Key, np.ndarray]) -> Iterator[list[tuple[_Key, np.ndarray]]]:
    """The crops by width, as many at once as are about as wide."""
    batch: list[tuple[_Key, np.ndarray]] = []
    narrowest = 0.0
    for key, crop in sorted(crops.items(), key=lambda item: _width(item[1])):
        if batch and (len(batch) == _BATCH or _width(crop) > _WIDER * narrowest):
            yield batch
            batch = []
        narrowest = narrowest if batch else _width(crop)
        batch.append((key, crop))
    if batch:
        yield batch


def _width(crop: np.ndarray) -> float:
    """A crop's width when it is as high as the recogniser wants it."""
    return max(_HEIGHT * crop.shape[1] / crop.shape[0], _LEAST)


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
