"""Augmentation of scanned digits, ending like every drawing in the atlas: fitted to 20×20, centred in 28×28."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F


def centre_by_mass(images: torch.Tensor) -> torch.Tensor:
    """Pictures [n, 1, h, w] moved by whole pixels so that the centre of mass is nearest pixel (h/2, w/2).

    That is pixel (14, 14) of 28×28, where MNIST's digits have it (half a pixel beyond the picture's middle) and
    where the atlas puts a drawing. Ink is never moved out: the shift is clamped to the free border.
    """
    n, _, height, width = images.shape
    device = images.device
    ink = images[:, 0]
    mass = ink.sum((1, 2)).clamp(min=1e-6)
    ys = torch.arange(height, device=device).float()
    xs = torch.arange(width, device=device).float()
    cy = (ink.sum(2) * ys).sum(1) / mass
    cx = (ink.sum(1) * xs).sum(1) / mass

    def clamped(shift: torch.Tensor, inked: torch.Tensor) -> torch.Tensor:
        size = inked.shape[1]
        first = inked.float().argmax(1)
        last = size - 1 - inked.flip(1).float().argmax(1)
        return torch.minimum(torch.maximum(shift, -first), size - 1 - last)

    dy = clamped((height // 2 - cy).round().long(), (ink > 0.05).any(2))
    dx = clamped((width // 2 - cx).round().long(), (ink > 0.05).any(1))
    rows = (torch.arange(height, device=device).view(1, -1, 1) - dy.view(-1, 1, 1)) % height
    columns = (torch.arange(width, device=device).view(1, 1, -1) - dx.view(-1, 1, 1)) % width
    picture = torch.arange(n, device=device).view(-1, 1, 1)
    return ink[picture, rows, columns].unsqueeze(1)


def _ink_range(inked: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """First and one past the last true column [n] of [n, length]."""
    first = inked.float().argmax(1)
    last = inked.shape[1] - inked.flip(1).float().argmax(1)
    return first.float(), last.float()


def _elastic(n: int, size: int, amplitude: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Smooth random displacement [n, size, size, 2] in units of half the picture; `amplitude` [n] is its scale."""
    coarse = torch.randn(n, 2, 6, 6, generator=generator)
    fine = F.interpolate(coarse, size=(size, size), mode='bilinear', align_corners=True)
    return (fine * amplitude.view(-1, 1, 1, 1)).permute(0, 2, 3, 1)


class HandwritingAugmentation:
    """Turns uint8 [n, 1, 28, 28] digits into float 0..1 ones written otherwise.

    A share `keep` is only shifted by up to one pixel. The rest is rotated, slanted, stretched and bent at a
    finer resolution, its strokes are thinned or thickened and sharpened as a drawing's are, and it is fitted
    and centred again as the atlas does with every drawing. Deterministic for a given generator.
    """

    #: Working resolution and the part of the 28-pixel picture it spans, so that slanted corners stay inside.
    SIZE = 64
    SPAN = 34

    def __init__(
        self, *, keep: float, rotation: float, slant: float, aspect: float, elastic: float, thickness: float
    ) -> None:
        self.keep = keep
        self.rotation = rotation
        self.slant = slant
        self.aspect = aspect
        self.elastic = elastic
        self.thickness = thickness

    def __call__(self, images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        images = images.float() / 255
        n = len(images)
        kept = torch.rand(n, generator=generator) < self.keep
        out = torch.empty_like(images)
        out[kept] = self._shift(images[kept], generator)
        out[~kept] = self._rewrite(images[~kept], generator)
        return out

    @staticmethod
    def _shift(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        n = len(images)
        rows = torch.arange(28).view(1, 28, 1) + torch.randint(-1, 2, (n, 1, 1), generator=generator)
        columns = torch.arange(28).view(1, 1, 28) + torch.randint(-1, 2, (n, 1, 1), generator=generator)
        padded = F.pad(images[:, 0], [1, 1, 1, 1])
        return padded[torch.arange(n).view(n, 1, 1), rows + 1, columns + 1].unsqueeze(1)

    def _rewrite(self, images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        n = len(images)
        if n == 0:
            return images

        def uniform(low: float, high: float) -> torch.Tensor:
            return torch.rand(n, generator=generator) * (high - low) + low

        angle = uniform(-math.radians(self.rotation), math.radians(self.rotation))
        slant = uniform(-self.slant, self.slant)
        stretch = torch.exp(uniform(-self.aspect, self.aspect))
        cos, sin, zero = angle.cos(), angle.sin(), torch.zeros(n)
        rotate = torch.stack([torch.stack([cos, -sin], 1), torch.stack([sin, cos], 1)], 1)
        skew = torch.stack([torch.stack([stretch, slant], 1), torch.stack([zero, 1 / stretch], 1)], 1)
        matrix = torch.cat([rotate @ skew * (self.SPAN / 28), torch.zeros(n, 2, 1)], 2)
        grid = F.affine_grid(matrix, [n, 1, self.SIZE, self.SIZE], align_corners=False)
        grid = grid + _elastic(n, self.SIZE, uniform(0, self.elastic), generator)
        fine = F.grid_sample(images, grid, mode='bilinear', align_corners=False)
        fine = self._change_thickness(fine, generator)
        return self._fit(fine, generator)

    def _change_thickness(self, fine: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        """Erodes or dilates by 1–2 working pixels a share `thickness` of the pictures, then sharpens some edges."""
        n = len(fine)
        draw = torch.rand(n, generator=generator)
        steps = torch.zeros(n, dtype=torch.long)
        for index, step in enumerate((-1, -1, 1, 1, 1, 2)):
            low = self.thickness * index / 6
            steps[(draw >= low) & (draw < low + self.thickness / 6)] = step
        for step in (-1, 1, 2):
            chosen = steps == step
            if not bool(chosen.any()):
                continue
            part = fine[chosen]
            kernel = 2 * abs(step) + 1
            if step > 0:
                fine[chosen] = F.max_pool2d(part, kernel, 1, abs(step))
            else:
                thin = -F.max_pool2d(-part, kernel, 1, abs(step))
                # A hairline that erosion would wipe out is left as it was.
                alive = thin.amax((1, 2, 3), keepdim=True) > 0.4
                fine[chosen] = torch.where(alive, thin, part)
        gain = torch.where(torch.rand(n, generator=generator) < 0.5, 1.0, 3.0).view(-1, 1, 1, 1)
        return ((fine - 0.4) * gain + 0.4).clamp(0, 1)

    def _fit(self, fine: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        """Scales each picture's ink to 20 pixels on its longer side and puts its centre of mass at the centre."""
        n, _, size, _ = fine.shape
        ink = fine[:, 0]
        inked = ink > 0.2
        left, right = _ink_range(inked.any(1))
        top, bottom = _ink_range(inked.any(2))
        longer = torch.maximum(right - left, bottom - top)
        mass = ink.sum((1, 2)).clamp(min=1e-6)
        centres = torch.arange(size).float() + 0.5
        cx = (ink.sum(1) * centres).sum(1) / mass
        cy = (ink.sum(2) * centres).sum(1) / mass
        # The mass belongs at the middle of pixel 14, half a pixel beyond the picture's. The atlas shifts by whole
        # pixels; the rounding error is drawn at random.
        unit = longer / 20
        cx = cx - torch.rand(n, generator=generator) * unit
        cy = cy - torch.rand(n, generator=generator) * unit
        scale = unit * 28 / size
        zero = torch.zeros(n)
        matrix = torch.stack(
            [
                torch.stack([scale, zero, cx * 2 / size - 1], 1),
                torch.stack([zero, scale, cy * 2 / size - 1], 1),
            ],
            1,
        )
        grid = F.affine_grid(matrix, [n, 1, 56, 56], align_corners=False)
        return F.avg_pool2d(F.grid_sample(fine, grid, mode='bilinear', align_corners=False), 2)
