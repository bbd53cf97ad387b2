"""A scanned page as it should have been: grey, without red stamps, upright."""

from __future__ import annotations

import cv2
import numpy as np

#: Shorter side in pixels that pages are brought to: about 200 dpi for A4.
WIDTH = 1654
#: How much wider than high a page on its side is, at least and at most.
_LYING = (1.25, 1.6)
#: Red over the other colours by so much, and so bright, is a stamp's ink.
_RED, _BRIGHT = 35, 105
_LEAST_ANGLE, _MOST_ANGLE = 0.04, 12.0


def clean(image: np.ndarray) -> tuple[np.ndarray, float]:
    """The page (uint8, `WIDTH` wide, on its side as high) and by how much it is larger than `image`.

    `image` is height × width × 3 (blue, green, red) or grey, uint8.
    """
    high, wide = image.shape[:2]
    scale = WIDTH / (high if _LYING[0] < wide / high < _LYING[1] else wide)
    if abs(scale - 1) > 0.02:
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=way)
    else:
        scale = 1.0
    grey = _without_stamps(image) if image.ndim == 3 else image
    angle = _angle(grey)
    if _LEAST_ANGLE < abs(angle) < _MOST_ANGLE:
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return grey, scale


def dark(grey: np.ndarray, around: int, offset: int) -> np.ndarray:
    """A mask (0 or 255) of what is darker than its surroundings of `around` pixels."""
    return cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around | 1, offset
    )


def _without_stamps(image: np.ndarray) -> np.ndarray:
    """The red channel, in which red ink is nearly white; what is left of it is made so."""
    grey = image[:, :, 2].copy()
    smooth = cv2.GaussianBlur(image, (0, 0), 1.0).astype(np.int16)
    red = smooth[:, :, 2]
    stamped = (red - np.maximum(smooth[:, :, 0], smooth[:, :, 1]) > _RED) & (red > _BRIGHT)
    if stamped.mean() > 2e-4:
        wider = cv2.dilate(stamped.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        grey[wider & (grey > 150)] = 245
    return grey


def _angle(grey: np.ndarray) -> float:
    """Degrees that level rulings rise by, or where there are none, lines of text."""
    small = cv2.resize(grey, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    ink = dark(small, 21, 12)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (25, 1))
    rulings = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.ones((3, 9), np.uint8))
    rise = _rise(rulings)
    if rise is None:
        rise = _rise(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel))
    return rise or 0.0


def _rise(mask: np.ndarray) -> float | None:
    """Degrees that long strokes rise by: their median, weighted by length; None without any."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    angles, weights = [], []
    for number in range(1, count):
        left, top, width, height = stats[number][:4]
        if width < 200:
            continue
        ys, xs = np.nonzero(labels[top : top + height, left : left + width] == number)
        angles.append(np.degrees(np.arctan(np.polyfit(xs, ys, 1)[0])))
        weights.append(width)
    if not angles:
        return None
    order = np.argsort(angles)
    total = np.cumsum(np.array(weights)[order])
    return float(np.array(angles)[order][np.searchsorted(total, total[-1] / 2)])
