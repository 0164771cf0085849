"""Tests of the training script: `python3 -m unittest discover -s training`."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import pickle
import sys
import tarfile
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
import torch
import torch.nn.functional as F

import train
from atlas_training import cifar10, safetensors, tasks
from atlas_training.checkpoint import load_checkpoint, save_checkpoint
from atlas_training.errors import TrainingError
from atlas_training.export import MODELS, encode_weights, load_weights
from atlas_training.files import sha256, write_whole
from atlas_training.handwriting import HandwritingAugmentation, centre_by_mass
from atlas_training.muon import Muon, orthogonal
from atlas_training.network import ResponseNorm, build_network, draw_column, drop_path_of, tensor_name, write_module
from atlas_training.photographs import PhotographAugmentation, blurred, mirrored
from atlas_training.pen_digits import HELD_OUT_STYLES, TRAINING_STYLES, draw_digits
from atlas_training.recipe import KEYS, read_recipe
from atlas_training.tasks import Cifar10, Mnist, made_up_pictures, read_idx

TINY_MODULE = """
from torch import nn

class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential()
        self.conv.add_module('conv', nn.Conv2d(1, 4, 3))
        self.conv.add_module('norm', nn.BatchNorm2d(4))
        self.flatten = nn.Flatten()
        self.drop = nn.Dropout(0.2)
        self.fc = nn.Linear(64, 2)

    def forward(self, x):
        return self.fc(self.drop(self.flatten(self.conv(x))))
"""


class TinyTask:
    """Bright against dark pictures of 6×6 pixels."""

    name = 'tiny'
    classes = ['dark', 'bright']
    origin = 'numbers drawn by the test'
    licence = 'none'
    input_shape = [1, 6, 6]

    def __init__(self, data: object, preprocessing: object, options: object) -> None:
        self._test = self._draw(torch.Generator().manual_seed(0), 64)

    @staticmethod
    def _draw(generator: torch.Generator, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        labels = torch.randint(2, (count,), generator=generator)
        return torch.randn(count, 1, 6, 6, generator=generator) + labels.view(-1, 1, 1, 1), labels

    def pictures_per_epoch(self) -> int:
        return 128

    def epoch(self, generator: torch.Generator, progress: float) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        for _ in range(2):
            yield self._draw(generator, 64)

    def test(self) -> tuple[torch.Tensor, torch.Tensor]:
        return self._test

    def further_tests(self) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
        return {}

    def fixture_pictures(self, generator: torch.Generator) -> torch.Tensor:
        return torch.randint(0, 256, (3, 1, 6, 6), generator=generator).to(torch.uint8)

    def sample(self) -> tuple[str, list[int]]:
        return 'f' * 64, [0, 5]

    def normalise(self, pictures: torch.Tensor) -> torch.Tensor:
        return pictures * 2 - 1


class InTemporaryFolder(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        patch = mock.patch.dict(tasks.TASKS, {'tiny': TinyTask})
        patch.start()
        self.addCleanup(patch.stop)
        (self.folder / 'tiny.py').write_text(TINY_MODULE)
        self.write_recipe()

    def write_recipe(self, **changes: object) -> None:
        recipe = {
            'architecture': 'tiny',
            'values': {},
            'task': 'tiny',
            'summary': 'a test',
            'aims': {},
            'seed': 5,
            'epochs': 4,
            'batch': 16,
            'optimiser': 'adamw',
            'precision': 'float32',
            'learningRate': 0.01,
            'warmup': 0.25,
            'weightDecay': 0.01,
            'labelSmoothing': 0.0,
            'averaging': 0.9,
            'preprocessing': {},
            'data': {},
        }
        (self.folder / 'tiny.json').write_text(json.dumps({**recipe, **changes}))

    def run_script(self, *more: str) -> tuple[int, str]:
        """Exit status and what was said on standard error."""
        options = ['tiny', '--recipe', 'tiny.json', '--module', 'tiny.py', '--runs', 'runs', '--models', 'models', '--records', 'records']
        paths = {'tiny.json', 'tiny.py', 'runs', 'models', 'records'}
        arguments = [str(self.folder / option) if option in paths else option for option in options]
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            status = train.main([*arguments, '--threads', '1', *more])
        return status, said.getvalue()

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for folder in ('models', 'records')
            for path in sorted((self.folder / folder).rglob('*'))
            if path.is_file()
        }


class WholeRuns(InTemporaryFolder):
    def test_a_run_ships_weights_card_curve_and_logits_that_agree(self) -> None:
        self.assertEqual(self.run_script(), (0, ''))
        models = self.folder / 'models'
        card = json.loads((models / 'tiny.json').read_text())
        content = (models / card['file']).read_bytes()
        self.assertEqual((card['bytes'], card['sha256']), (len(content), sha256(content)))
        network = build_network(TINY_MODULE)
        load_weights(network, content)
        network.eval()
        task = TinyTask(None, None, None)
        inputs, labels = task.test()
        with torch.no_grad():
            right = (network(inputs).argmax(1) == labels).double().mean()
        self.assertEqual(card['accuracy'], {'test': round(float(right), 4), 'of': 'shipped fp16 file', 'images': 64})
        self.assertGreater(card['accuracy']['test'], 0.9)
        curve = (models / card['curve']).read_text().splitlines()
        self.assertEqual(len(curve), 5)
        self.assertEqual((self.folder / 'records/curves/tiny.csv').read_text().splitlines(), curve)
        fixture = json.loads((self.folder / 'records/fixtures/tiny-logits.json').read_text())
        for case in fixture['cases']:
            pixels = np.frombuffer(base64.b64decode(case['pixels']), np.uint8).reshape(1, *fixture['shape'])
            with torch.no_grad():
                logits = network(task.normalise(torch.from_numpy(pixels.copy()).float() / 255))
            np.testing.assert_allclose(logits[0].numpy(), case['logits'], atol=1e-4)

    def test_a_resumed_run_gives_the_same_weights_as_an_unbroken_one(self) -> None:
        self.run_script()
        unbroken = self.files()['models/tiny.safetensors']
        real = train.train_epoch

        def stop_in_third(*arguments: object) -> dict[str, float]:
            if arguments[5] == 2:
                raise KeyboardInterrupt
            return real(*arguments)

        with mock.patch.object(train, 'train_epoch', stop_in_third), self.assertRaises(KeyboardInterrupt):
            self.run_script('--restart')
        self.assertEqual(len(load_checkpoint(self.folder / 'runs/tiny/checkpoint.pt')['rows']), 2)
        self.assertEqual(self.run_script('--resume'), (0, ''))
        self.assertEqual(self.files()['models/tiny.safetensors'], unbroken)

    def test_a_run_by_muon_is_resumed_as_it_was(self) -> None:
        self.write_recipe(optimiser='muon')
        self.run_script()
        unbroken = self.files()['models/tiny.safetensors']
        real = train.train_epoch

        def stop_in_last(*arguments: object) -> dict[str, float]:
            if arguments[5] == 3:
                raise KeyboardInterrupt
            return real(*arguments)

        with mock.patch.object(train, 'train_epoch', stop_in_last), self.assertRaises(KeyboardInterrupt):
            self.run_script('--restart')
        self.assertEqual(self.run_script('--resume'), (0, ''))
        self.assertEqual(self.files()['models/tiny.safetensors'], unbroken)

    def test_the_last_epoch_reads_all_test_pictures_and_the_others_some_of_every_class(self) -> None:
        read: list[int] = []

        def count(_network: object, test: tuple[torch.Tensor, torch.Tensor], *_others: object) -> dict[str, float]:
            read.append(len(test[1]))
            return {'testAccuracy': 0.5, 'furtherAccuracy': float('nan')}

        with mock.patch.object(train, 'CURVE_PICTURES', 20), mock.patch.object(train, 'measure', count):
            self.run_script()
        self.assertEqual(read, [22, 22, 22, 64])
        sorted_by_class = (torch.zeros(10_000, 1), torch.arange(10_000) // 1000)
        self.assertEqual(train.thinned(sorted_by_class)[1].bincount().tolist(), [200] * 10)

    def test_another_seed_gives_other_weights(self) -> None:
        self.run_script()
        first = self.files()['models/tiny.safetensors']
        self.write_recipe(seed=6)
        self.run_script('--restart')
        self.assertNotEqual(self.files()['models/tiny.safetensors'], first)


class Refusals(InTemporaryFolder):
    def assert_refused(self, words: str, *options: str) -> None:
        before = self.files()
        status, said = self.run_script(*options)
        self.assertEqual(status, 1)
        self.assertIn(words, said)
        self.assertEqual(self.files(), before)

    def test_a_run_that_exists_is_not_begun_again_unasked(self) -> None:
        self.run_script()
        self.assert_refused('--resume')

    def test_a_half_written_checkpoint_is_named(self) -> None:
        self.run_script()
        checkpoint = self.folder / 'runs/tiny/checkpoint.pt'
        checkpoint.write_bytes(checkpoint.read_bytes()[:1000])
        self.assert_refused('half-written', '--resume')

    def test_resuming_without_a_checkpoint_is_refused(self) -> None:
        self.assert_refused('no checkpoint', '--resume')

    def test_a_checkpoint_of_another_recipe_is_refused_by_the_keys_that_differ(self) -> None:
        self.run_script()
        self.write_recipe(batch=8)
        self.assert_refused('batch differ', '--resume')

    def test_weights_that_do_not_match_their_card_are_not_overwritten(self) -> None:
        self.run_script()
        (self.folder / 'models/tiny.safetensors').write_bytes(b'something else')
        self.assert_refused('does not match its card', '--restart')

    def test_an_unknown_network_is_answered_with_the_known_ones(self) -> None:
        with self.assertRaisesRegex(TrainingError, 'no recipe for .lenet6.*lenet5'):
            read_recipe('lenet6')

    def test_a_recipe_with_a_missing_or_wrong_key_is_refused(self) -> None:
        recipe = json.loads((self.folder / 'tiny.json').read_text())
        for key in KEYS:
            (self.folder / 'tiny.json').write_text(json.dumps({k: v for k, v in recipe.items() if k != key}))
            self.assert_refused(key)
        self.write_recipe(epochs='many')
        self.assert_refused("epochs is 'many'")

    def test_a_module_text_that_does_not_load_is_refused(self) -> None:
        (self.folder / 'tiny.py').write_text('class Tiny(')
        self.assert_refused('does not load')
        (self.folder / 'tiny.py').write_text('x = 1')
        self.assert_refused('defines no network')

    def test_a_data_path_that_is_not_there_is_named(self) -> None:
        with self.assertRaisesRegex(TrainingError, 'no MNIST at .*nowhere'):
            Mnist(self.folder / 'nowhere', {}, {})

    def test_an_idx_file_cut_short_is_refused(self) -> None:
        path = self.folder / 'images'
        path.write_bytes(bytes([0, 0, 8, 1, 0, 0, 0, 5, 1, 2, 3]))
        with self.assertRaisesRegex(TrainingError, 'cut short: 3 bytes'):
            read_idx(path, 1)
        with self.assertRaisesRegex(TrainingError, 'not an IDX file of 3'):
            read_idx(path, 3)


class Files(InTemporaryFolder):
    def test_a_write_that_fails_leaves_the_former_file_and_nothing_else(self) -> None:
        path = self.folder / 'kept'
        path.write_text('former')
        with mock.patch('os.replace', side_effect=OSError), self.assertRaises(OSError):
            write_whole(path, 'new')
        self.assertEqual(path.read_text(), 'former')
        self.assertEqual([p.name for p in self.folder.iterdir() if 'kept' in p.name], ['kept'])

    def test_checkpoints_come_back_as_they_were(self) -> None:
        path = self.folder / 'c.pt'
        save_checkpoint(path, {'rows': [1, 2], 'tensor': torch.arange(3)})
        state = load_checkpoint(path)
        self.assertEqual(state['rows'], [1, 2])
        self.assertTrue(torch.equal(state['tensor'], torch.arange(3)))


class WeightFiles(unittest.TestCase):
    def test_tensors_come_back_bit_for_bit_and_a_file_cut_short_is_refused(self) -> None:
        tensors = {
            'conv1/conv.weight': np.arange(6, dtype=np.float16).reshape(1, 2, 3),
            'fc.bias': np.array([1.5], np.float32),
        }
        content = safetensors.encode(tensors, {'architecture': 'x'})
        self.assertEqual(int.from_bytes(content[:8], 'little') % 8, 0)
        read = safetensors.decode(content)
        self.assertEqual(list(read), list(tensors))
        for name, tensor in tensors.items():
            np.testing.assert_array_equal(read[name], tensor)
            self.assertEqual(read[name].dtype, tensor.dtype)
        for length in (0, 4, 40, len(content) - 1):
            with self.assertRaises(TrainingError):
                safetensors.decode(content[:length])

    def test_state_dict_keys_become_node_ids(self) -> None:
        self.assertEqual(tensor_name('conv1.conv.weight'), 'conv1/conv.weight')
        self.assertEqual(tensor_name('stage2.block1.norm.running_mean'), 'stage2/block1/norm.running_mean')
        self.assertEqual(tensor_name('fc3.bias'), 'fc3.bias')

    def test_weights_beyond_float16_and_of_another_network_are_refused(self) -> None:
        with self.assertRaisesRegex(TrainingError, 'do not fit'):
            encode_weights({'fc.weight': torch.tensor([1e6])}, {})
        with self.assertRaisesRegex(TrainingError, 'another network'):
            load_weights(build_network(TINY_MODULE), encode_weights({'fc.weight': torch.ones(2)}, {}))


class Digits(unittest.TestCase):
    def test_equal_seeds_draw_equal_pen_digits_and_other_seeds_others(self) -> None:
        labels = torch.arange(40) % 10
        first = draw_digits(labels, TRAINING_STYLES, seed=3)
        self.assertTrue(torch.equal(first, draw_digits(labels, TRAINING_STYLES, seed=3)))
        self.assertFalse(torch.equal(first, draw_digits(labels, TRAINING_STYLES, seed=4)))

    def test_every_style_of_every_digit_is_fitted_to_20_pixels_and_centred_on_pixel_14(self) -> None:
        for styles in (TRAINING_STYLES, HELD_OUT_STYLES):
            self.assertEqual(sorted(styles), list(range(10)))
            for label, templates in styles.items():
                for template in templates:
                    labels = torch.full((4,), label)
                    images = draw_digits(labels, {label: [template]}, seed=1, pen=(0.06, 0.2)).float()[:, 0] / 255
                    inked = images > 0.05
                    longer = torch.maximum(inked.any(2).sum(1), inked.any(1).sum(1))
                    self.assertTrue(bool(((longer >= 18) & (longer <= 20)).all()), (label, template, longer))
                    mass = images.sum((1, 2))
                    for axis in (1, 2):
                        centre = (images.sum(3 - axis) * torch.arange(28)).sum(1) / mass
                        self.assertLessEqual(float((centre - 14).abs().max()), 0.55)

    def test_no_held_out_style_is_one_that_training_draws(self) -> None:
        for label, templates in HELD_OUT_STYLES.items():
            for template in templates:
                self.assertNotIn(template, TRAINING_STYLES[label])

    def test_centring_moves_no_ink_out_of_the_picture(self) -> None:
        images = torch.zeros(2, 1, 28, 28)
        images[0, 0, 0, 0] = 1
        images[1, 0, 3:27, 2] = 1
        images[1, 0, 26, 2:28] = 1
        moved = centre_by_mass(images)
        self.assertEqual(moved.sum((1, 2, 3)).tolist(), images.sum((1, 2, 3)).tolist())
        self.assertEqual(moved[0, 0].nonzero().tolist(), [[14, 14]])

    def test_augmented_digits_keep_their_range_size_and_seed(self) -> None:
        augment = HandwritingAugmentation(keep=0, rotation=15, slant=0.4, aspect=0.2, elastic=0.05, thickness=0.6)
        images = draw_digits(torch.arange(200) % 10, TRAINING_STYLES, seed=8, pen=(0.08, 0.14))
        first = augment(images, torch.Generator().manual_seed(1))
        self.assertTrue(torch.equal(first, augment(images, torch.Generator().manual_seed(1))))
        self.assertGreaterEqual(float(first.min()), 0)
        self.assertLessEqual(float(first.max()), 1)
        inked = first[:, 0] > 0.25
        longer = torch.maximum(inked.any(2).sum(1), inked.any(1).sum(1)).float()
        self.assertAlmostEqual(float(longer.mean()), 20, delta=0.7)
        self.assertGreater(float((first - images.float() / 255).abs().mean()), 0.02)

    def test_a_digit_that_is_kept_moves_by_one_pixel_at_most(self) -> None:
        augment = HandwritingAugmentation(keep=1, rotation=15, slant=0.4, aspect=0.2, elastic=0.05, thickness=0.6)
        image = torch.zeros(50, 1, 28, 28, dtype=torch.uint8)
        image[:, 0, 14, 14] = 255
        places = augment(image, torch.Generator().manual_seed(1))[:, 0].nonzero()[:, 1:]
        self.assertEqual(len(places), 50)
        self.assertLessEqual(int((places - 14).abs().max()), 1)
        self.assertEqual(len({tuple(place) for place in places.tolist()}), 9)


class CifarFiles(InTemporaryFolder):
    """Data sets of two pictures a part, in every form that is read."""

    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch.dict(cifar10.PICTURES, {'train': 5, 'test': 2})
        patch.start()
        self.addCleanup(patch.stop)
        random = np.random.default_rng(1)
        self.pictures = {name: random.integers(0, 256, (count, 3072), np.uint8) for name, count in cifar10.PICTURES.items()}
        self.labels = {'train': [3, 1, 4, 1, 5], 'test': [9, 2]}

    def records(self, part: str, chosen: slice = slice(None)) -> bytes:
        labels = np.array(self.labels[part], np.uint8)[:, None]
        return np.concatenate([labels, self.pictures[part]], 1)[chosen].tobytes()

    def write_binary(self, folder: Path) -> None:
        folder.mkdir()
        for number in range(5):
            (folder / f'data_batch_{number + 1}.bin').write_bytes(self.records('train', slice(number, number + 1)))
        (folder / 'test_batch.bin').write_bytes(self.records('test'))

    def assert_read(self, path: Path) -> None:
        for part, labels in self.labels.items():
            pictures, found = cifar10.load(path, part, self.folder / 'cache')
            self.assertEqual(found.tolist(), labels)
            expected = self.pictures[part].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
            np.testing.assert_array_equal(pictures, expected)

    def test_the_official_binary_files_are_read_from_folder_and_archive(self) -> None:
        self.write_binary(self.folder / 'batches')
        self.assert_read(self.folder / 'batches')
        with tarfile.open(self.folder / 'binary.tar.gz', 'w:gz') as archive:
            archive.add(self.folder / 'batches', 'cifar-10-batches-bin')
        self.assert_read(self.folder / 'binary.tar.gz')

    def test_the_official_python_files_are_read_and_other_pickles_refused(self) -> None:
        folder = self.folder / 'python'
        folder.mkdir()
        for number in range(5):
            batch = {'data': self.pictures['train'][number : number + 1], 'labels': self.labels['train'][number : number + 1]}
            (folder / f'data_batch_{number + 1}').write_bytes(pickle.dumps(batch, 2))
        (folder / 'test_batch').write_bytes(pickle.dumps({'data': self.pictures['test'], 'labels': self.labels['test']}, 2))
        self.assert_read(folder)
        (folder / 'test_batch').write_bytes(pickle.dumps(Path('x')))
        with self.assertRaisesRegex(TrainingError, 'asks for'):
            cifar10.cached(folder, self.folder / 'other')

    def test_archives_of_pictures_are_read_by_class(self) -> None:
        from PIL import Image

        path = self.folder / 'pictures.tar.xz'
        with tarfile.open(path, 'w:xz') as archive:
            for part, labels in self.labels.items():
                for number, label in enumerate(labels):
                    content = io.BytesIO()
                    Image.new('RGB', (32, 32), (10 * label, 0, 200)).save(content, 'JPEG', quality=95)
                    entry = tarfile.TarInfo(f'{part}/{cifar10.CLASSES[label]}/{number:04}.jpg')
                    entry.size = len(content.getvalue())
                    archive.addfile(entry, io.BytesIO(content.getvalue()))
        for part, labels in self.labels.items():
            pictures, found = cifar10.load(path, part, self.folder / 'cache')
            self.assertEqual(found.tolist(), labels)
            for picture, label in zip(pictures, labels, strict=True):
                self.assertLess(abs(int(picture[..., 0].mean()) - 10 * label), 6)

    def test_data_that_is_missing_cut_short_or_something_else_is_refused_and_nothing_is_kept(self) -> None:
        cache = self.folder / 'cache'
        for name, said in (('nowhere', 'no CIFAR-10 at'), ('text', 'no whole archive'), ('empty', 'neither')):
            with self.subTest(name):
                (self.folder / 'text').write_text('text')
                (self.folder / 'empty').mkdir(exist_ok=True)
                with self.assertRaisesRegex(TrainingError, said):
                    cifar10.cached(self.folder / name, cache)
        self.write_binary(self.folder / 'batches')
        (self.folder / 'batches' / 'test_batch.bin').write_bytes(self.records('test')[:-3000])
        with self.assertRaisesRegex(TrainingError, 'holds 1 test pictures, not 2'):
            cifar10.cached(self.folder / 'batches', cache)
        self.assertFalse(cache.exists())

    def test_an_epoch_has_every_picture_once_smaller_at_first_and_is_the_same_for_a_seed(self) -> None:
        self.write_binary(self.folder / 'batches')
        with mock.patch.object(cifar10, 'CACHE', self.folder / 'cache'), mock.patch.object(
            cifar10.load, '__defaults__', (self.folder / 'cache',)
        ), mock.patch.object(cifar10.cached, '__defaults__', (None, self.folder / 'cache')):
            options = {'augmentation': {'shift': 4, 'scale': 0.2, 'scale_share': 1}, 'sides': [[0.5, 16]]}
            task = Cifar10(self.folder / 'batches', {'scale': 1, 'mean': 0.5, 'std': 0.25}, options)
            for progress, side in ((0.0, 16), (0.5, 32)):
                inputs, labels = next(task.epoch(torch.Generator().manual_seed(4), progress))
                again, _ = next(task.epoch(torch.Generator().manual_seed(4), progress))
                self.assertEqual(list(inputs.shape), [5, 3, side, side])
                self.assertEqual(sorted(labels.tolist()), sorted(self.labels['train']))
                self.assertTrue(torch.equal(inputs, again))
            place, rows = task.sample()
            self.assertEqual((len(place), rows), (64, [0, 1]))


class Photographs(unittest.TestCase):
    def test_nothing_but_a_mirror_image_is_left_where_all_changes_are_off(self) -> None:
        pictures = torch.randint(0, 256, (40, 32, 32, 3), dtype=torch.uint8)
        changed = PhotographAugmentation(shift=0)(pictures, torch.Generator().manual_seed(1))
        plain = pictures.float() / 255
        same = (changed - plain).abs().amax((1, 2, 3)) < 1e-6
        turned = (changed - plain.flip(2)).abs().amax((1, 2, 3)) < 1e-6
        self.assertTrue(bool((same | turned).all()))
        self.assertTrue(5 < int(same.sum()) < 35)

    def test_every_change_keeps_range_and_shape_and_depends_on_the_seed_alone(self) -> None:
        pictures = (torch.rand(30, 32, 32, 3) * 255).to(torch.uint8)
        everything = PhotographAugmentation(
            colour=0.2, colour_share=1, sharpness=0.9, sharpness_share=1, scale=0.3, scale_share=1, hole=8, hole_share=1
        )
        first = everything(pictures, torch.Generator().manual_seed(2))
        self.assertTrue(torch.equal(first, everything(pictures, torch.Generator().manual_seed(2))))
        self.assertFalse(torch.equal(first, everything(pictures, torch.Generator().manual_seed(3))))
        self.assertEqual(first.shape, pictures.shape)
        self.assertTrue(0 <= float(first.min()) and float(first.max()) <= 1)
        self.assertTrue(bool(((first == 0.5).all(3).sum((1, 2)) >= 64).all()))

    def test_borders_are_mirrored_and_a_blur_keeps_a_flat_picture(self) -> None:
        self.assertEqual(mirrored(torch.tensor([-2, -1, 0, 4, 5, 6]), 5).tolist(), [2, 1, 0, 4, 3, 2])
        flat = torch.full((2, 6, 6, 3), 0.3)
        self.assertTrue(torch.allclose(blurred(flat), flat))

    def test_made_up_pictures_are_the_same_for_a_seed(self) -> None:
        def draw() -> torch.Tensor:
            return made_up_pictures(4, torch.Generator().manual_seed(7))

        self.assertTrue(torch.equal(draw(), draw()))
        self.assertEqual((draw().dtype, list(draw().shape)), (torch.uint8, [4, 3, 32, 32]))


class Arithmetic(unittest.TestCase):
    def test_response_normalisation_and_its_gradient_are_those_of_pytorch(self) -> None:
        draw = torch.Generator().manual_seed(3)
        for size, beta in ((5, 0.75), (4, 0.75), (3, 0.5)):
            x = torch.randn(2, 7, 3, 4, dtype=torch.double, generator=draw).requires_grad_()
            ours = ResponseNorm.apply(x, size, 0.3, beta, 2.0)
            theirs = F.local_response_norm(x, size, 0.3, beta, 2.0)
            towards = torch.randn(ours.shape, dtype=torch.double, generator=draw)
            gradients = [torch.autograd.grad(y, x, towards)[0] for y in (ours, theirs)]
            torch.testing.assert_close(ours, theirs)
            torch.testing.assert_close(*gradients)

    def test_a_network_normalises_its_responses_that_way(self) -> None:
        network = build_network('from torch import nn\nclass Net(nn.Module):\n'
                                '    def __init__(self):\n        super().__init__()\n        self.lrn = nn.LocalResponseNorm(5)\n'
                                '    def forward(self, x):\n        return self.lrn(x)\n')
        x = torch.rand(1, 6, 2, 2)
        torch.testing.assert_close(network(x), F.local_response_norm(x, 5))
        self.assertIn('ResponseNorm', type(network(x.requires_grad_()).grad_fn).__name__)

    def test_orthogonal_keeps_the_directions_of_a_matrix_and_evens_their_sizes(self) -> None:
        for rows, columns in ((16, 144), (40, 8)):
            left, sizes, right = torch.linalg.svd(torch.randn(rows, columns, generator=torch.Generator().manual_seed(1)), full_matrices=False)
            made = orthogonal(left @ torch.diag(sizes) @ right)
            evened = left.T @ made @ right.T
            self.assertTrue(bool(((evened.diagonal() > 0.6) & (evened.diagonal() < 1.3)).all()))
            self.assertLess(float((evened - torch.diag(evened.diagonal())).abs().max()), 1e-3)

    def test_muon_leaves_what_had_no_part_in_the_loss(self) -> None:
        used, unused = (torch.nn.Conv2d(1, 2, 3) for _ in range(2))
        before = [value.detach().clone() for value in unused.parameters()]
        optimiser = Muon([*used.parameters(), *unused.parameters()], 0.1, 0.1)
        kernel = used.weight.detach().clone()
        used(torch.randn(1, 1, 4, 4)).sum().backward()
        optimiser.step()
        self.assertTrue(all(torch.equal(a, b) for a, b in zip(before, unused.parameters(), strict=True)))
        # Both filters saw the same: one direction, whose size is made 1.
        moved = (used.weight.detach() - kernel * (1 - 0.1 * 0.1)).norm()
        self.assertAlmostEqual(float(moved), 0.1, delta=0.04)


class DropPath(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.network = build_network(write_module('fractalnet-cifar10', {'filters': 4}), 'fractal')
        cls.drop_path = drop_path_of(cls.network)

    def trained(self, column: int | None) -> set[str]:
        """Columns whose parameters get a gradient."""
        self.network.train()
        self.network.zero_grad(set_to_none=True)
        self.drop_path.column = column
        self.network(torch.randn(4, 3, 32, 32)).sum().backward()
        parts = [name.split('.') for name, value in self.network.named_parameters() if value.grad is not None]
        return {part for path in parts for part in path if part in ('column1', 'column2', 'column3')}

    def test_a_batch_given_to_one_column_trains_that_column_alone(self) -> None:
        self.assertEqual(self.drop_path.columns, 3)
        self.assertEqual([self.trained(column) for column in (0, 1, 2)], [{'column3'}, {'column2'}, {'column1'}])

    def test_half_of_the_batches_are_given_to_single_columns(self) -> None:
        generator = torch.Generator().manual_seed(1)
        drawn = [draw_column(3, generator) for _ in range(600)]
        self.assertEqual({value for value in drawn if value is not None}, {0, 1, 2})
        self.assertAlmostEqual(drawn.count(None) / 600, 0.5, delta=0.07)

    def test_a_column_alone_is_the_network_of_that_column(self) -> None:
        alone = build_network(write_module('fractalnet-cifar10', {'filters': 4, 'column': 2}), 'alone')
        state = self.network.state_dict()
        alone.load_state_dict({key: state[key] for key in alone.state_dict()})
        inputs = torch.randn(2, 3, 32, 32)
        self.network.eval()
        with torch.no_grad(), mock.patch.object(self.drop_path, 'column', 1):
            # As in training, but with the running statistics: the joins alone are told that they are trained.
            for module in self.network.modules():
                if not isinstance(module, torch.nn.BatchNorm2d):
                    module.training = True
            whole = self.network(inputs)
        self.assertTrue(torch.allclose(whole, alone.eval()(inputs), atol=1e-5))

    def test_a_network_without_joins_has_no_drop_path(self) -> None:
        self.assertIsNone(drop_path_of(build_network(TINY_MODULE)))


@unittest.skipUnless((MODELS / 'lenet5.json').is_file(), 'lenet5 has not been trained yet')
class ShippedLenet5(unittest.TestCase):
    def test_the_file_is_the_one_its_card_describes(self) -> None:
        card = json.loads((MODELS / 'lenet5.json').read_text())
        content = (MODELS / card['file']).read_bytes()
        self.assertEqual((card['bytes'], card['sha256']), (len(content), sha256(content)))
        self.assertLessEqual(len(content), 250_000)
        tensors = safetensors.decode(content)
        self.assertEqual(sum(tensor.size for tensor in tensors.values()), 61_706)
        self.assertEqual({tensor.dtype for tensor in tensors.values()}, {np.dtype('float16')})
        self.assertGreaterEqual(card['accuracy']['test'], 0.992)
        self.assertLess(abs(card['accuracy']['test'] - sum(card['perClass']) / 10), 0.002)


if __name__ == '__main__':
    unittest.main()
