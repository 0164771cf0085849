"""CIFAR-10's 60,000 pictures, from any of the forms in which they are passed around, kept decoded for the next run."""

from __future__ import annotations

import hashlib
import io
import pickle
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from .errors import TrainingError
from .files import REPOSITORY, write_whole

CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']
DEFAULT_DATA = REPOSITORY.parent / 'shared' / 'data' / 'cifar10-jpeg.tar.xz'
CACHE = REPOSITORY / 'training' / 'runs' / 'data'
PICTURES = {'train': 50_000, 'test': 10_000}
#: One record of the official binary files: a label, then 32×32 bytes of red, of green, of blue.
RECORD = 1 + 3 * 32 * 32

_BINARY = {'train': [f'data_batch_{number}.bin' for number in range(1, 6)], 'test': ['test_batch.bin']}
_PYTHON = {'train': [f'data_batch_{number}' for number in range(1, 6)], 'test': ['test_batch']}


class _Batches(pickle.Unpickler):
    """Reads the official Python batches, and refuses whatever else a pickle could ask for."""

    _ALLOWED = {
        ('numpy.core.multiarray', '_reconstruct'),
        ('numpy._core.multiarray', '_reconstruct'),
        ('numpy', 'ndarray'),
        ('numpy', 'dtype'),
        ('_codecs', 'encode'),
    }

    def find_class(self, module: str, name: str) -> object:
        if (module, name) not in self._ALLOWED:
            raise pickle.UnpicklingError(f'it asks for {module}.{name}')
        return super().find_class(module, name)


def cached(data: Path | None = None, cache: Path = CACHE) -> Path:
    """The folder with `train.bin` and `test.bin` of the given data, in the official binary records; decoded if need be.

    `data` is an archive of JPEG files `train/<class>/NNNN.jpg`, an official archive (`cifar-10-binary.tar.gz`,
    `cifar-10-python.tar.gz`), or the folder that one of these holds. Raises TrainingError.
    """
    path = (data or DEFAULT_DATA).resolve()
    if not path.exists():
        raise TrainingError(f'no CIFAR-10 at {path}: give the official archive, or the folder of its batches, with --data')
    stat = path.stat()
    key = hashlib.sha256(f'{path} {stat.st_size} {stat.st_mtime_ns}'.encode()).hexdigest()[:16]
    folder = cache / f'cifar10-{key}'
    if all((folder / f'{part}.bin').is_file() for part in PICTURES):
        return folder
    parts = _from_folder(path) if path.is_dir() else _from_archive(path)
    for part, count in PICTURES.items():
        if len(parts[part]) != count * RECORD:
            raise TrainingError(f'{path} holds {len(parts[part]) / RECORD:.0f} {part} pictures, not {count}')
    for part in PICTURES:
        write_whole(folder / f'{part}.bin', parts[part])
    return folder


def load(data: Path | None, part: str, cache: Path = CACHE) -> tuple[np.ndarray, np.ndarray]:
    """Pictures [n, 32, 32, 3] and labels [n] of `train` or `test`; raises TrainingError."""
    records = np.fromfile(cached(data, cache) / f'{part}.bin', np.uint8).reshape(-1, RECORD)
    labels = records[:, 0].astype(np.int64)
    if labels.max() >= len(CLASSES):
        raise TrainingError(f'the decoded {part} pictures hold a label {labels.max()}: remove {cache}')
    return np.ascontiguousarray(records[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)), labels


def _record(label: int, picture: np.ndarray) -> bytes:
    return bytes([label]) + picture.transpose(2, 0, 1).tobytes()


def _from_batches(name: str, batches: dict[str, list[bytes]]) -> dict[str, bytes]:
    try:
        parts = {}
        for part, contents in batches.items():
            records = []
            for content in contents:
                if name == 'binary':
                    records.append(content)
                    continue
                batch = _Batches(io.BytesIO(content), encoding='latin1').load()
                labels = np.array(batch['labels'], np.uint8)[:, None]
                records.append(np.concatenate([labels, np.asarray(batch['data'], np.uint8)], 1).tobytes())
            parts[part] = b''.join(records)
        return parts
    except (pickle.UnpicklingError, LookupError, ValueError, EOFError, TypeError, AttributeError) as error:
        raise TrainingError(f'the batches of CIFAR-10 cannot be read: {error}') from error


def _from_folder(path: Path) -> dict[str, bytes]:
    for name, files in (('binary', _BINARY), ('python', _PYTHON)):
        if all((path / file).is_file() for names in files.values() for file in names):
            return _from_batches(name, {part: [(path / file).read_bytes() for file in names] for part, names in files.items()})
    if all((path / part / label).is_dir() for part in PICTURES for label in CLASSES):
        files = sorted(file for part in PICTURES for file in (path / part).glob('*/*.jpg'))
        return _from_pictures((str(file.relative_to(path)), file.read_bytes()) for file in files)
    raise TrainingError(f'{path} holds neither the official batches of CIFAR-10 nor folders train and test of pictures')


def _from_archive(path: Path) -> dict[str, bytes]:
    try:
        with tarfile.open(path) as archive:
            members = {Path(member.name).name: member for member in archive if member.isfile()}
            for name, files in (('binary', _BINARY), ('python', _PYTHON)):
                if all(file in members for names in files.values() for file in names):
                    return _from_batches(
                        name,
                        {part: [archive.extractfile(members[file]).read() for file in names] for part, names in files.items()},
                    )
        # A compressed archive is read from its beginning again, in one go.
        with tarfile.open(path) as archive:
            return _from_pictures(
                (member.name, archive.extractfile(member).read()) for member in archive if member.name.endswith('.jpg')
            )
    except (tarfile.TarError, EOFError, OSError) as error:
        raise TrainingError(f'{path} is no whole archive: {error}') from error


def _from_pictures(files: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    """Records of JPEG files called `train/<class>/NNNN.jpg`, whatever stands before."""
    # Only here, so that the official files need nothing but NumPy.
    from PIL import Image

    records: dict[str, list[bytes]] = {part: [] for part in PICTURES}
    for name, content in files:
        part, label = name.split('/')[-3:-1] if name.count('/') >= 2 else ('', '')
        if part not in records or label not in CLASSES:
            raise TrainingError(f'{name} is not a picture of CIFAR-10: expected train/<class>/NNNN.jpg')
        try:
            picture = np.asarray(Image.open(io.BytesIO(content)).convert('RGB'))
        except Exception as error:
            raise TrainingError(f'{name} is no picture: {error}') from error
        if picture.shape != (32, 32, 3):
            raise TrainingError(f'{name} has the shape {picture.shape}')
        records[part].append(_record(CLASSES.index(label), picture))
    return {part: b''.join(lines) for part, lines in records.items()}
