"""Changes to small photographs that leave what they show: crops, mirror images, colour, sharpness, scale, holes."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F


@dataclass(frozen=True)
class PhotographAugmentation:
    """Augments uint8 pictures [n, height, width, 3] to floats 0..1 of the same shape; every share is of the pictures.

    Camera pictures shrunk to this size by any browser are now softer, now harsher than a data set's own, fill more or
    less of the frame, and are lit otherwise: hence `sharpness`, `scale` and `colour`.
    """

    #: Pixels by which the picture is moved, the border mirrored.
    shift: int = 4
    #: Largest change of brightness (of 1), contrast and saturation (as factors).
    colour: float = 0.0
    colour_share: float = 0.0
    #: Blend with a 3×3 binomial blur, from `-sharpness` (sharpened) to `+sharpness` (blurred).
    sharpness: float = 0.0
    sharpness_share: float = 0.0
    #: Largest factor by which width and height grow or shrink.
    scale: float = 0.0
    scale_share: float = 0.0
    #: Side of a square that is set to mid grey.
    hole: int = 0
    hole_share: float = 0.0

    def __call__(self, pictures: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        images = self._crop(pictures, generator).float().div_(255)
        self._on_share(images, self.scale_share, self._rescale, generator)
        self._on_share(images, self.sharpness_share, self._sharpen, generator)
        self._on_share(images, self.colour_share, self._recolour, generator)
        self._on_share(images, self.hole_share, self._cut, generator)
        return images

    @staticmethod
    def _on_share(images: torch.Tensor, share: float, change, generator: torch.Generator) -> None:
        if share <= 0:
            return
        chosen = (torch.rand(len(images), generator=generator) < share).nonzero()[:, 0]
        if len(chosen) > 0:
            images[chosen] = change(images[chosen], generator).clamp_(0, 1)

    def _crop(self, pictures: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        """Moved by up to `shift` pixels and, every second one, mirrored; one gather for both."""
        count, height, width, _ = pictures.shape
        rows = torch.arange(height) + torch.randint(-self.shift, self.shift + 1, (count, 1), generator=generator)
        columns = torch.arange(width) + torch.randint(-self.shift, self.shift + 1, (count, 1), generator=generator)
        rows, columns = mirrored(rows, height), mirrored(columns, width)
        flipped = torch.rand(count, 1, generator=generator) < 0.5
        columns = torch.where(flipped, columns.flip(1), columns)
        return pictures[torch.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]

    def _rescale(self, images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        count = len(images)
        factor = 1 + self.scale * (2 * torch.rand(count, 1, generator=generator) - 1)
        aspect = 1 + 0.3 * self.scale * (2 * torch.rand(count, 2, generator=generator) - 1)
        theta = torch.zeros(count, 2, 3)
        theta[:, 0, 0], theta[:, 1, 1] = (factor * aspect).unbind(1)
        planes = images.permute(0, 3, 1, 2)
        grid = F.affine_grid(theta, list(planes.shape), align_corners=False)
        return F.grid_sample(planes, grid, padding_mode='reflection', align_corners=False).permute(0, 2, 3, 1)

    def _sharpen(self, images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        amount = self.sharpness * (2 * torch.rand(len(images), 1, 1, 1, generator=generator) - 1)
        return images + amount * (blurred(images) - images)

    def _recolour(self, images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        def factors(width: int) -> torch.Tensor:
            return self.colour * (2 * torch.rand(len(images), 1, 1, width, generator=generator) - 1)

        grey = images.mean(3, keepdim=True)
        images = grey + (images - grey) * (1 + 2 * factors(1))
        mean = images.mean((1, 2), keepdim=True)
        # Each channel on its own a little: the light's colour.
        return mean + (images - mean) * (1 + factors(1)) + factors(1) + 0.3 * factors(3)

    def _cut(self, images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        count, height, width, _ = images.shape

        def inside(extent: int) -> torch.Tensor:
            first = torch.randint(0, extent - self.hole + 1, (count, 1), generator=generator)
            place = torch.arange(extent)
            return (place >= first) & (place < first + self.hole)

        hole = inside(height)[:, :, None] & inside(width)[:, None, :]
        return images.masked_fill(hole[..., None], 0.5)


def mirrored(index: torch.Tensor, extent: int) -> torch.Tensor:
    """Indices beyond a row's ends as those of its mirror image there, the end itself not repeated."""
    index = index.abs()
    return torch.where(index >= extent, 2 * (extent - 1) - index, index)


def blurred(images: torch.Tensor) -> torch.Tensor:
    """Pictures [n, height, width, channels] under the binomial 1-2-1 in both directions, borders repeated."""
    for axis in (1, 2):
        extent = images.shape[axis]
        before = images.index_select(axis, (torch.arange(extent) - 1).clamp(min=0))
        after = images.index_select(axis, (torch.arange(extent) + 1).clamp(max=extent - 1))
        images = (before + 2 * images + after) / 4
    return images
