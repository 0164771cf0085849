"""Handwritten digits drawn by rule: stroke templates in several writing styles, varied and rendered.

MNIST was written on paper by Americans of the 1990s: its ones are bare bars and its sevens rarely crossed.
People who draw in the atlas use a mouse, a finger or a pen of any thickness and write as their school
taught them. These digits cover such styles. All of them are written for this project.

Template coordinates: x to the right, y downwards, the digit about 1 high with its upper left near (0, 0).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from .handwriting import centre_by_mass

Point = tuple[float, float]


@dataclass(frozen=True)
class Corner:
    """A control point at which the pen changes direction sharply."""

    x: float
    y: float


Control = Point | Corner
Stroke = list[Control]
Template = list[Stroke]


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Stroke:
    """Control points of an elliptical arc; angles in degrees, 0 to the right, growing clockwise on the page."""
    count = max(3, round(abs(end - start) / 40) + 1)
    angles = [math.radians(start + (end - start) * i / (count - 1)) for i in range(count)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


#: Templates that training draws from, by label.
TRAINING_STYLES: dict[int, list[Template]] = {
    0: [
        [arc(0.34, 0.5, 0.34, 0.5, -90, -470)],
        [arc(0.34, 0.5, 0.32, 0.5, -70, 300)],
        [arc(0.28, 0.5, 0.22, 0.5, -100, -440)],
        [arc(0.45, 0.5, 0.45, 0.5, -60, -420)],
        [arc(0.34, 0.5, 0.34, 0.5, -50, -385)],
        [arc(0.34, 0.5, 0.34, 0.5, -90, -450), [(0.62, 0.12), (0.06, 0.88)]],
        [[(0.42, 0.03), (0.12, 0.12), (0.0, 0.5), (0.1, 0.9), (0.38, 1.0), (0.64, 0.8), (0.66, 0.35), (0.5, 0.06), (0.28, 0.05)]],
        [[(0.4, 0.0), (0.1, 0.08), (0.0, 0.5), (0.16, 0.94), (0.44, 0.96), (0.62, 0.6), (0.58, 0.2), (0.36, 0.02), (0.14, 0.12)]],
        [arc(0.34, 0.5, 0.34, 0.5, 100, 470)],
        [[(0.3, 0.02), (0.04, 0.26), (0.02, 0.74), (0.28, 1.0), (0.58, 0.76), (0.58, 0.26), (0.42, 0.04)]],
    ],
    1: [
        [[(0.0, 0.0), (0.0, 1.0)]],
        [[(0.14, 0.0), (0.0, 1.0)]],
        [[(0.0, 0.0), (0.08, 1.0)]],
        [[(0.0, 0.2), Corner(0.2, 0.0), (0.2, 1.0)]],
        [[(0.0, 0.42), Corner(0.4, 0.0), (0.4, 1.0)]],
        [[(0.0, 0.55), Corner(0.38, 0.0), (0.34, 1.0)]],
        [[(0.0, 0.35), (0.2, 0.2), Corner(0.34, 0.0), (0.34, 1.0)]],
        [[(0.1, 0.25), Corner(0.32, 0.0), (0.32, 1.0)], [(0.04, 1.0), (0.62, 1.0)]],
        [[(0.0, 0.4), Corner(0.36, 0.0), (0.36, 1.0)], [(0.06, 1.0), (0.66, 0.99)]],
        [[(0.1, 0.12), Corner(0.3, 0.0), Corner(0.3, 1.0), (0.05, 1.0), Corner(0.02, 1.0), (0.58, 1.0)]],
        [[(0.24, 0.0), (0.24, 1.0)], [(0.0, 1.0), (0.5, 1.0)]],
        [[(0.06, 0.02), Corner(0.24, 0.0), (0.24, 1.0)], [(0.0, 1.0), (0.48, 1.0)]],
        [[(0.02, 0.24), Corner(0.22, 0.0), (0.22, 0.86), (0.32, 1.0)]],
        [[(0.0, 0.5), (0.26, 0.18), Corner(0.4, 0.0), (0.38, 1.0)]],
        [[(0.0, 0.32), Corner(0.26, 0.0), (0.26, 1.0)], [(0.02, 0.96), (0.5, 1.0)]],
    ],
    2: [
        [[(0.02, 0.24), (0.12, 0.06), (0.34, 0.0), (0.58, 0.12), (0.56, 0.4), (0.3, 0.72), Corner(0.0, 1.0), (0.66, 1.0)]],
        [[(0.0, 0.2), (0.22, 0.0), (0.5, 0.08), (0.56, 0.32), (0.36, 0.66), (0.1, 0.94), (0.02, 0.86), (0.14, 0.78), (0.36, 0.92), (0.68, 0.98)]],
        [[(0.04, 0.12), (0.3, 0.0), (0.56, 0.16), (0.48, 0.5), (0.2, 0.84), (0.06, 1.0), (0.0, 0.88), (0.12, 0.8), (0.3, 0.9), (0.5, 1.0), (0.72, 0.9)]],
        [[(0.0, 0.04), (0.3, 0.0), Corner(0.56, 0.06), (0.3, 0.5), Corner(0.0, 1.0), (0.62, 1.0)]],
        [[(0.06, 0.3), (0.1, 0.08), (0.36, 0.0), (0.6, 0.16), (0.52, 0.46), (0.24, 0.78), Corner(0.0, 0.96), (0.2, 0.9), (0.42, 1.0), (0.7, 0.94)]],
        [[(0.0, 0.3), (0.2, 0.02), (0.5, 0.06), (0.56, 0.4), (0.4, 0.75), Corner(0.1, 1.0), (0.8, 0.98)]],
        [[(0.0, 0.16), (0.4, 0.0), (0.8, 0.18), (0.66, 0.5), Corner(0.06, 0.98), (0.9, 1.0)]],
        [[(0.02, 0.2), (0.26, 0.0), (0.54, 0.14), (0.5, 0.42), (0.26, 0.74), (0.06, 1.0), (0.02, 0.84), (0.2, 0.76), (0.42, 0.96), (0.66, 0.94)]],
        [[(0.0, 0.1), (0.26, 0.0), (0.5, 0.14), (0.46, 0.36), Corner(0.0, 1.0), (0.56, 0.96)]],
        [[(0.04, 0.36), (0.06, 0.1), (0.3, 0.0), (0.5, 0.14), (0.46, 0.44), (0.22, 0.8), (0.0, 0.98), (0.3, 0.94), (0.56, 1.0)]],
    ],
    3: [
        [[(0.02, 0.12), (0.26, 0.0), (0.52, 0.12), (0.46, 0.38), Corner(0.2, 0.46), (0.52, 0.54), (0.6, 0.78), (0.3, 1.0), (0.0, 0.88)]],
        [[(0.0, 0.04), (0.24, 0.0), (0.5, 0.16), (0.4, 0.4), (0.22, 0.47), (0.46, 0.54), (0.58, 0.76), (0.34, 0.98), (0.02, 0.94)]],
        [[(0.04, 0.0), Corner(0.56, 0.0), Corner(0.24, 0.38), (0.54, 0.5), (0.58, 0.8), (0.3, 1.0), (0.0, 0.9)]],
        [[(0.0, 0.14), (0.24, 0.0), (0.5, 0.14), (0.38, 0.42), (0.2, 0.5), (0.18, 0.42), (0.34, 0.44), (0.56, 0.62), (0.5, 0.9), (0.22, 1.0), (0.0, 0.86)]],
        [[(0.0, 0.1), (0.3, 0.0), (0.6, 0.18), Corner(0.26, 0.44), (0.66, 0.6), (0.6, 0.88), (0.3, 1.0), (0.04, 0.96)]],
        [[(0.06, 0.18), (0.3, 0.0), (0.5, 0.2), Corner(0.3, 0.5), (0.5, 0.7), (0.44, 0.94), (0.2, 1.0), (0.0, 0.8)]],
        [[(0.0, 0.0), (0.34, 0.02), (0.6, 0.2), Corner(0.1, 0.5), (0.6, 0.62), (0.62, 0.86), (0.36, 1.0), (0.0, 1.0)]],
        [[(0.08, 0.2), (0.04, 0.08), (0.3, 0.0), (0.5, 0.16), (0.42, 0.4), Corner(0.18, 0.46), (0.5, 0.56), (0.54, 0.84), (0.28, 1.0), (0.04, 0.94), (0.06, 0.82)]],
        [[(0.0, 0.02), (0.3, 0.0), Corner(0.54, 0.06), Corner(0.24, 0.4), (0.5, 0.54), (0.52, 0.82), (0.24, 1.0), (0.0, 0.94)]],
    ],
    4: [
        [[(0.1, 0.0), Corner(0.0, 0.56), (0.66, 0.56)], [(0.5, 0.1), (0.46, 1.0)]],
        [[(0.36, 0.0), Corner(0.0, 0.64), (0.7, 0.64)], [(0.46, 0.3), (0.46, 1.0)]],
        [[(0.46, 1.0), Corner(0.46, 0.0), Corner(0.0, 0.66), (0.7, 0.66)]],
        [[(0.44, 0.0), Corner(0.0, 0.62), (0.68, 0.62)], [(0.44, 0.0), (0.44, 1.0)]],
        [[(0.06, 0.0), (0.02, 0.3), (0.1, 0.5), (0.3, 0.52), Corner(0.54, 0.42)], [(0.56, 0.0), (0.5, 1.0)]],
        [[(0.0, 0.04), Corner(0.0, 0.46), (0.52, 0.46)], [(0.52, 0.0), (0.52, 1.0)]],
        [[(0.3, 0.0), Corner(0.0, 0.5), Corner(0.56, 0.46), Corner(0.56, 0.04), (0.5, 1.0)]],
        [[(0.24, 0.0), Corner(0.0, 0.6), (0.64, 0.58)], [(0.4, 0.38), (0.34, 1.0)]],
        [[(0.0, 0.0), (0.04, 0.36), (0.2, 0.48), Corner(0.5, 0.36), Corner(0.52, 0.0), (0.5, 1.0)]],
        [[(0.62, 0.02), Corner(0.0, 0.7), (0.9, 0.7)], [(0.62, 0.02), (0.6, 1.0)]],
        [[(0.08, 0.0), Corner(0.0, 0.5), (0.74, 0.5)], [(0.52, 0.02), (0.5, 1.0)]],
        [[(0.5, 0.0), Corner(0.0, 0.54), (0.72, 0.5)], [(0.54, 0.22), (0.46, 1.0)]],
        [[(0.42, 0.02), (0.14, 0.34), Corner(0.0, 0.6), (0.3, 0.6), (0.68, 0.56)], [(0.48, 0.0), (0.48, 1.0)]],
    ],
    5: [
        [[(0.1, 0.0), Corner(0.06, 0.42), (0.34, 0.36), (0.6, 0.6), (0.46, 0.92), (0.2, 1.0), (0.0, 0.9)], [(0.1, 0.0), (0.6, 0.0)]],
        [[(0.58, 0.0), Corner(0.1, 0.0), Corner(0.06, 0.42), (0.36, 0.38), (0.58, 0.62), (0.44, 0.94), (0.18, 1.0), (0.0, 0.9)]],
        [[(0.56, 0.04), (0.2, 0.04), (0.08, 0.2), (0.2, 0.42), (0.48, 0.56), (0.5, 0.86), (0.22, 1.0), (0.0, 0.92)]],
        [[(0.12, 0.08), Corner(0.08, 0.46), (0.4, 0.46), (0.56, 0.7), (0.36, 0.98), (0.0, 0.96)], [(0.16, 0.0), (0.66, 0.02)]],
        [[(0.14, 0.04), Corner(0.02, 0.5), (0.3, 0.42), (0.5, 0.62), (0.4, 0.96), (0.06, 1.0)], [(0.18, 0.02), (0.7, 0.0)]],
        [[(0.7, 0.0), (0.2, 0.02), Corner(0.16, 0.36), (0.54, 0.44), (0.62, 0.74), (0.4, 1.0), (0.0, 1.0)]],
        [[(0.5, 0.0), Corner(0.04, 0.02), Corner(0.0, 0.5), (0.4, 0.5), (0.5, 0.76), (0.3, 1.0), (0.0, 0.98)]],
        [[(0.08, 0.0), Corner(0.04, 0.4), (0.3, 0.34), (0.54, 0.5), (0.52, 0.84), (0.26, 1.0), (0.0, 0.94)], [(0.08, 0.04), (0.56, 0.08)]],
        [[(0.54, 0.06), (0.3, 0.0), (0.1, 0.1), (0.08, 0.34), (0.3, 0.46), (0.5, 0.64), (0.42, 0.92), (0.16, 1.0), (0.0, 0.88)]],
        [[(0.52, 0.0), Corner(0.08, 0.0), Corner(0.08, 0.4), (0.4, 0.4), (0.54, 0.7), (0.36, 1.0), (0.02, 0.96)]],
    ],
    6: [
        [[(0.46, 0.0), (0.16, 0.24), (0.0, 0.64), (0.14, 0.96), (0.42, 0.98), (0.54, 0.74), (0.36, 0.54), (0.12, 0.62), (0.02, 0.76)]],
        [[(0.2, 0.0), (0.04, 0.4), (0.0, 0.76), (0.16, 1.0), (0.42, 0.94), (0.46, 0.68), (0.26, 0.56), (0.04, 0.7)]],
        [[(0.56, 0.1), (0.36, 0.0), (0.08, 0.26), (0.0, 0.66), (0.2, 1.0), (0.5, 0.92), (0.54, 0.64), (0.28, 0.5), (0.02, 0.64)]],
        [[(0.1, 0.0), (0.02, 0.5), (0.06, 0.9), (0.3, 1.0), (0.52, 0.86), (0.44, 0.66), (0.2, 0.66), (0.06, 0.84)]],
        [[(0.4, 0.0), (0.1, 0.36), (0.0, 0.7), (0.3, 1.0), (0.6, 0.74), (0.34, 0.42), (0.06, 0.58)]],
        [[(0.56, 0.0), (0.2, 0.3), (0.02, 0.72), (0.2, 1.0), (0.4, 0.9), (0.36, 0.72), (0.2, 0.7), (0.06, 0.84)]],
        [[(0.5, 0.0), (0.24, 0.24), (0.04, 0.6), (0.1, 0.92), (0.36, 1.0), (0.54, 0.82), (0.42, 0.6), (0.18, 0.62), (0.06, 0.8)]],
        [[(0.04, 0.0), (0.02, 0.4), (0.02, 0.8), (0.2, 1.0), (0.46, 0.9), (0.5, 0.66), (0.3, 0.52), (0.04, 0.64)]],
        [[(0.5, 0.12), (0.3, 0.0), (0.08, 0.16), (0.0, 0.6), (0.14, 0.96), (0.42, 0.96), (0.52, 0.72), (0.32, 0.54), (0.06, 0.66)]],
    ],
    7: [
        [[(0.0, 0.0), Corner(0.58, 0.0), (0.24, 1.0)]],
        [[(0.0, 0.02), Corner(0.6, 0.0), (0.34, 0.44), (0.22, 1.0)]],
        [[(0.0, 0.0), Corner(0.6, 0.0), (0.26, 1.0)], [(0.14, 0.48), (0.66, 0.48)]],
        [[(0.0, 0.16), Corner(0.02, 0.0), Corner(0.6, 0.02), (0.24, 1.0)]],
        [[(0.0, 0.18), Corner(0.04, 0.0), Corner(0.64, 0.0), (0.34, 0.5), (0.26, 1.0)], [(0.16, 0.5), (0.6, 0.46)]],
        [[(0.0, 0.06), (0.14, 0.02), (0.3, 0.08), Corner(0.56, 0.0), (0.3, 0.5), (0.18, 1.0)]],
        [[(0.0, 0.04), (0.16, 0.0), (0.34, 0.08), Corner(0.62, 0.02), (0.32, 0.54), (0.26, 1.0)], [(0.1, 0.56), (0.58, 0.5)]],
        [[(0.0, 0.0), Corner(0.46, 0.0), (0.44, 1.0)]],
        [[(0.0, 0.0), Corner(0.5, 0.0), (0.4, 1.0)], [(0.2, 0.44), (0.68, 0.44)]],
        [[(0.0, 0.02), (0.4, 0.0), (0.58, 0.08), (0.42, 0.4), (0.24, 1.0)]],
        [[(0.0, 0.0), Corner(0.8, 0.0), (0.2, 1.0)], [(0.24, 0.5), (0.74, 0.52)]],
        [[(0.04, 0.14), (0.06, 0.02), Corner(0.58, 0.02), (0.4, 0.36), (0.3, 1.0)]],
        [[(0.0, 0.0), (0.3, 0.02), Corner(0.62, 0.0), (0.3, 0.5), (0.14, 1.0)], [(0.08, 0.54), (0.54, 0.54)]],
    ],
    8: [
        [[(0.5, 0.12), (0.26, 0.0), (0.06, 0.2), (0.26, 0.46), (0.52, 0.7), (0.3, 1.0), (0.04, 0.78), (0.24, 0.5), (0.5, 0.24), (0.46, 0.08)]],
        [arc(0.3, 0.23, 0.2, 0.23, -90, -460), arc(0.3, 0.73, 0.26, 0.27, -90, 280)],
        [arc(0.3, 0.26, 0.22, 0.26, 90, 455), arc(0.3, 0.76, 0.24, 0.24, -90, -455)],
        [[(0.28, 0.5), (0.04, 0.26), (0.26, 0.0), (0.5, 0.24), (0.28, 0.5), (0.0, 0.78), (0.28, 1.0), (0.56, 0.78), (0.3, 0.5)]],
        [[(0.56, 0.04), (0.24, 0.06), (0.12, 0.3), (0.4, 0.54), (0.5, 0.82), (0.24, 1.0), (0.02, 0.8), (0.24, 0.52), (0.56, 0.04)]],
        [[(0.3, 0.0), (0.08, 0.18), (0.3, 0.44), (0.6, 0.74), (0.34, 1.0), (0.04, 0.8), (0.28, 0.48), (0.5, 0.2), (0.34, 0.0)]],
        [arc(0.3, 0.2, 0.26, 0.2, -60, -420), arc(0.32, 0.7, 0.22, 0.3, -90, 275)],
        [arc(0.28, 0.2, 0.2, 0.2, -80, -450), arc(0.28, 0.74, 0.26, 0.26, -70, -440)],
        [[(0.46, 0.14), (0.26, 0.0), (0.06, 0.18), (0.26, 0.46), (0.5, 0.74), (0.28, 1.0), (0.04, 0.78), Corner(0.2, 0.54), (0.5, 0.06)]],
        [[(0.3, 1.0), (0.04, 0.8), (0.28, 0.5), (0.5, 0.22), (0.28, 0.0), (0.06, 0.2), (0.28, 0.5), (0.56, 0.78), (0.32, 1.0)]],
    ],
    9: [
        [[(0.5, 0.2), (0.3, 0.02), (0.04, 0.16), (0.08, 0.42), (0.34, 0.46), Corner(0.5, 0.2), (0.48, 1.0)]],
        [arc(0.26, 0.26, 0.26, 0.26, -20, -390), [(0.52, 0.14), (0.5, 1.0)]],
        [[(0.52, 0.22), (0.3, 0.0), (0.04, 0.18), (0.1, 0.46), (0.4, 0.44), (0.52, 0.22), (0.54, 0.6), (0.42, 0.94), (0.2, 1.0), (0.04, 0.9)]],
        [[(0.54, 0.1), (0.26, 0.0), (0.0, 0.24), (0.2, 0.46), (0.48, 0.34), Corner(0.56, 0.06), (0.4, 0.6), (0.3, 1.0)]],
        [[(0.5, 0.26), (0.24, 0.5), (0.0, 0.26), (0.24, 0.0), (0.5, 0.22), (0.46, 0.64), (0.24, 1.0)]],
        [[(0.46, 0.04), (0.14, 0.08), (0.06, 0.4), Corner(0.44, 0.4), Corner(0.46, 0.04), (0.46, 1.0)]],
        [[(0.56, 0.24), (0.34, 0.0), (0.02, 0.2), (0.2, 0.52), (0.54, 0.34), (0.56, 0.7), (0.4, 1.0), (0.08, 0.98)]],
        [arc(0.22, 0.22, 0.22, 0.22, 0, -370), [(0.46, 0.0), (0.46, 0.7), (0.36, 0.96), (0.06, 1.0)]],
        [arc(0.26, 0.28, 0.24, 0.28, 0, -370), [(0.5, 0.1), (0.48, 0.6), (0.34, 1.0)]],
        [[(0.5, 0.1), (0.26, 0.0), (0.04, 0.2), (0.16, 0.44), (0.44, 0.38), Corner(0.52, 0.08), (0.52, 0.74), (0.38, 0.98), (0.1, 0.94)]],
        [[(0.48, 0.16), (0.24, 0.0), (0.0, 0.22), (0.16, 0.5), (0.42, 0.42), (0.5, 0.14), (0.42, 0.56), (0.2, 1.0)]],
    ],
}

#: Templates of other shapes that training never sees: how well styles carry over is measured on them.
HELD_OUT_STYLES: dict[int, list[Template]] = {
    0: [
        [arc(0.4, 0.5, 0.36, 0.5, 200, 570)],
        [[(0.3, 0.0), (0.06, 0.3), (0.06, 0.74), (0.34, 1.0), (0.6, 0.7), (0.56, 0.28), (0.36, 0.02), (0.22, 0.1)]],
    ],
    1: [
        [[(0.0, 0.3), Corner(0.3, 0.0), (0.26, 1.0)]],
        [[(0.0, 0.5), (0.24, 0.24), Corner(0.42, 0.0), (0.4, 1.0)], [(0.16, 1.0), (0.6, 1.0)]],
    ],
    2: [
        [[(0.0, 0.26), (0.1, 0.02), (0.44, 0.02), (0.5, 0.3), (0.26, 0.62), Corner(0.02, 0.98), (0.3, 0.98), (0.6, 0.92)]],
        [[(0.08, 0.2), (0.3, 0.0), (0.52, 0.2), (0.4, 0.6), (0.14, 1.0), (0.0, 0.94), (0.08, 0.84), (0.34, 0.94), (0.6, 0.98), (0.7, 0.88)]],
    ],
    3: [
        [[(0.06, 0.06), (0.4, 0.0), (0.52, 0.22), Corner(0.14, 0.44), (0.5, 0.52), (0.54, 0.84), (0.22, 1.0), (0.04, 0.92)]],
        [[(0.0, 0.02), Corner(0.5, 0.02), Corner(0.2, 0.42), (0.5, 0.58), (0.44, 0.92), (0.0, 0.98)]],
    ],
    4: [
        [[(0.16, 0.02), (0.06, 0.4), Corner(0.02, 0.5), (0.6, 0.5)], [(0.42, 0.2), (0.38, 1.0)]],
        [[(0.5, 0.0), Corner(0.04, 0.58), (0.74, 0.62)], [(0.52, 0.02), (0.54, 1.0)]],
    ],
    5: [
        [[(0.54, 0.02), Corner(0.16, 0.02), Corner(0.04, 0.46), (0.3, 0.36), (0.54, 0.54), (0.5, 0.86), (0.24, 1.0), (0.02, 0.96)]],
        [[(0.06, 0.02), Corner(0.08, 0.38), (0.44, 0.42), (0.5, 0.78), (0.24, 1.0), (0.0, 0.9)], [(0.04, 0.02), (0.5, 0.04)]],
    ],
    6: [
        [[(0.36, 0.0), (0.06, 0.4), (0.04, 0.84), (0.3, 1.0), (0.5, 0.8), (0.4, 0.58), (0.1, 0.66)]],
        [[(0.5, 0.04), (0.24, 0.08), (0.02, 0.5), (0.1, 0.9), (0.4, 0.98), (0.5, 0.7), (0.3, 0.54), (0.06, 0.74)]],
    ],
    7: [
        [[(0.0, 0.06), Corner(0.52, 0.0), (0.36, 0.3), (0.14, 1.0)]],
        [[(0.0, 0.1), Corner(0.02, 0.02), Corner(0.56, 0.02), (0.3, 0.6), (0.22, 1.0)], [(0.1, 0.42), (0.56, 0.46)]],
    ],
    8: [
        [[(0.46, 0.06), (0.2, 0.02), (0.1, 0.24), (0.34, 0.46), (0.54, 0.8), (0.2, 1.0), (0.06, 0.76), (0.34, 0.46), (0.52, 0.22), (0.44, 0.04)]],
        [arc(0.28, 0.25, 0.24, 0.25, 60, 430), arc(0.28, 0.74, 0.28, 0.26, -80, -450)],
    ],
    9: [
        [[(0.46, 0.12), (0.2, 0.0), (0.02, 0.24), (0.2, 0.46), (0.46, 0.3), Corner(0.48, 0.08), (0.44, 0.6), (0.42, 1.0)]],
        [[(0.44, 0.18), (0.2, 0.04), (0.04, 0.28), (0.24, 0.44), (0.46, 0.2), (0.5, 0.66), (0.3, 0.98), (0.06, 0.92)]],
    ],
}

#: Points that stand for one digit's ink; about 0.4 of a fitted pixel apart.
POINTS_PER_DIGIT = 160


def _curve(controls: list[Control], samples: int = 12) -> torch.Tensor:
    """Points [n, 2] of the Catmull–Rom curve through `controls`, broken at corners."""
    pieces: list[list[Point]] = [[]]
    for control in controls:
        if isinstance(control, Corner):
            pieces[-1].append((control.x, control.y))
            pieces.append([(control.x, control.y)])
        else:
            pieces[-1].append(control)
    out = []
    for piece in pieces:
        if len(piece) == 1:
            continue
        points = torch.tensor(piece, dtype=torch.float32)
        # The ends are mirrored so that the curve starts and ends along its chord.
        padded = torch.cat([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
        p0, p1, p2, p3 = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
        t = torch.linspace(0, 1, samples + 1)[:-1].view(1, -1, 1)
        a, b, c, d = (p.unsqueeze(1) for p in (p0, p1, p2, p3))
        curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        out.append(torch.cat([curve.reshape(-1, 2), points[-1:]]))
    return torch.cat(out)


def _resample(curve: torch.Tensor, count: int) -> torch.Tensor:
    """`count` points [count, 2] at equal distances along `curve`."""
    steps = (curve[1:] - curve[:-1]).norm(dim=1)
    along = torch.cat([torch.zeros(1), steps.cumsum(0)])
    wanted = torch.linspace(0, float(along[-1]), count)
    index = torch.searchsorted(along, wanted).clamp(1, len(along) - 1)
    before, after = along[index - 1], along[index]
    share = ((wanted - before) / (after - before).clamp(min=1e-9)).clamp(0, 1).unsqueeze(1)
    return curve[index - 1] * (1 - share) + curve[index] * share


def _jittered(stroke: Stroke, sigma: float, generator: torch.Generator) -> list[Control]:
    noise = (torch.randn(len(stroke), 2, generator=generator) * sigma).tolist()
    return [
        Corner(c.x + dx, c.y + dy) if isinstance(c, Corner) else (c[0] + dx, c[1] + dy)
        for c, (dx, dy) in zip(stroke, noise, strict=True)
    ]


def trace_digits(
    labels: torch.Tensor, styles: dict[int, list[Template]], jitter: float, generator: torch.Generator
) -> torch.Tensor:
    """Pen paths [n, 160, 2] of the labelled digits, each in a random style with its control points displaced."""
    paths = torch.empty(len(labels), POINTS_PER_DIGIT, 2)
    for i, label in enumerate(labels.tolist()):
        templates = styles[label]
        template = templates[int(torch.randint(len(templates), (), generator=generator))]
        sigma = jitter * float(torch.rand((), generator=generator))
        curves = []
        for stroke in template:
            # A whole stroke slips as well: a crossbar too low, an upright too far right.
            slip = torch.randn(2, generator=generator) * sigma
            curve = _curve(_jittered(stroke, sigma, generator)) + slip
            cut = torch.rand(2, generator=generator) * 0.06
            keep = curve[int(cut[0] * len(curve)) : len(curve) - int(cut[1] * len(curve))]
            curves.append(keep if len(keep) > 1 else curve)
        lengths = torch.stack([(c[1:] - c[:-1]).norm(dim=1).sum() for c in curves])
        counts = (lengths / lengths.sum() * POINTS_PER_DIGIT).floor().long().clamp(min=2)
        counts[int(lengths.argmax())] += POINTS_PER_DIGIT - int(counts.sum())
        paths[i] = torch.cat([_resample(c, int(k)) for c, k in zip(curves, counts, strict=True)])
    return paths


def vary_paths(
    paths: torch.Tensor, labels: torch.Tensor, slant: float, rotation: float, generator: torch.Generator
) -> torch.Tensor:
    """Paths of the same shape with random aspect, taper, slow bends, slant (up to `slant`), rotation (degrees) and tremor."""
    n = len(paths)

    def uniform(low: float, high: float) -> torch.Tensor:
        return torch.rand(n, 1, generator=generator) * (high - low) + low

    centre = (paths.amin(1, keepdim=True) + paths.amax(1, keepdim=True)) / 2
    x, y = (paths - centre).unbind(-1)
    x = x * torch.exp(uniform(-0.5, 0.45))
    x = x * (1 + uniform(-0.35, 0.35) * y)
    y = y * (1 + uniform(-0.3, 0.3) * y)
    for _ in range(2):
        bend = uniform(-0.05, 0.05)
        x = x + bend * torch.sin(uniform(2, 7) * y + uniform(0, 2 * math.pi))
        bend = uniform(-0.05, 0.05)
        y = y + bend * torch.sin(uniform(2, 7) * x + uniform(0, 2 * math.pi))
    x = x - uniform(-slant, slant) * y
    # A flagged 1 turned clockwise is a 7, and the other way round: these two are turned half as far.
    steady = torch.where((labels == 1) | (labels == 7), 0.5, 1.0).unsqueeze(1)
    angle = uniform(-math.radians(rotation), math.radians(rotation)) * steady
    x, y = x * angle.cos() - y * angle.sin(), x * angle.sin() + y * angle.cos()
    tremor = uniform(0, 0.012)
    phase = torch.arange(POINTS_PER_DIGIT).float().unsqueeze(0)
    x = x + tremor * torch.sin(uniform(0.15, 0.6) * phase + uniform(0, 6.3))
    y = y + tremor * torch.sin(uniform(0.15, 0.6) * phase + uniform(0, 6.3))
    return torch.stack([x, y], -1)


def render_paths(paths: torch.Tensor, widths: torch.Tensor, size: int = 20, frame: int = 28) -> torch.Tensor:
    """Pictures [n, 1, frame, frame], ink 1, of paths fitted so that the inked longer side is `size` pixels.

    `widths` [n] are pen widths as a share of the path's own longer side. The ink's centre of mass is put at
    the centre by a whole number of pixels, as MNIST does and the atlas does with a drawing.
    """
    grid = 2
    cells = size * grid
    low, high = paths.amin(1), paths.amax(1)
    extent = (high - low).amax(1).clamp(min=1e-3)
    pen = widths * extent
    scale = cells / (extent + pen)
    box = (high - low + pen.unsqueeze(1)) * scale.unsqueeze(1)
    origin = (low - pen.unsqueeze(1) / 2) * scale.unsqueeze(1) - (cells - box) / 2
    points = paths * scale.view(-1, 1, 1) - origin.unsqueeze(1)
    axis = torch.arange(cells).float() + 0.5
    pixels = torch.stack(torch.meshgrid(axis, axis, indexing='ij')[::-1], -1).view(1, -1, 2)
    squared = torch.cdist(pixels.expand(len(paths), -1, -1), points).amin(2)
    radius = (pen * scale / 2).unsqueeze(1)
    coverage = (radius - squared + 0.5).clamp(0, 1) * (2 * radius).clamp(max=1)
    fitted = torch.nn.functional.avg_pool2d(coverage.view(-1, 1, cells, cells), grid)
    margin = (frame - size) // 2
    return centre_by_mass(torch.nn.functional.pad(fitted, [margin] * 4))


def draw_digits(
    labels: torch.Tensor,
    styles: dict[int, list[Template]],
    seed: int,
    *,
    jitter: float = 0.05,
    slant: float = 0.4,
    rotation: float = 14,
    pen: tuple[float, float] = (0.02, 0.34),
    chunk: int = 256,
) -> torch.Tensor:
    """Pictures uint8 [n, 1, 28, 28] of the labelled digits; equal arguments give equal pictures.

    `pen` is the range of pen widths as shares of the digit's longer side, drawn log-uniformly: a thin pen on
    a large digit leaves half a pixel of the 20 it is fitted to, a thick pen on a small one six.
    """
    generator = torch.Generator().manual_seed(seed)
    out = torch.empty(len(labels), 1, 28, 28, dtype=torch.uint8)
    low, high = math.log(pen[0]), math.log(pen[1])
    for start in range(0, len(labels), chunk):
        part = labels[start : start + chunk]
        paths = vary_paths(trace_digits(part, styles, jitter, generator), part, slant, rotation, generator)
        widths = torch.exp(torch.rand(len(part), generator=generator) * (high - low) + low)
        out[start : start + chunk] = (render_paths(paths, widths) * 255).round().to(torch.uint8)
    return out
