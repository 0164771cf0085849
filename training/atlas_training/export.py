"""What a finished run ships: the weight file, its card, its curve, and stored logits for the parity test."""

from __future__ import annotations

import base64
import datetime
import json
import math
import platform
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from . import safetensors
from .errors import TrainingError
from .evaluation import accuracy, accuracy_by_class, predict
from .files import REPOSITORY, sha256, write_whole
from .network import tensor_name
from .recipe import Recipe
from .tasks import Task

CURVE_COLUMNS = ['epoch', 'learningRate', 'trainLoss', 'trainAccuracy', 'testAccuracy', 'furtherAccuracy', 'seconds']


def check_shipped(models: Path, architecture: str) -> None:
    """Raises TrainingError if a weight file already there is not the one its card describes."""
    card_path = models / f'{architecture}.json'
    if not card_path.is_file():
        return
    try:
        card = json.loads(card_path.read_text())
        weights = models / card['file']
        expected = card['sha256']
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingError(f'{card_path} is not a card ({error}); nothing was overwritten') from error
    found = sha256(weights.read_bytes()) if weights.is_file() else 'no file'
    if found != expected:
        raise TrainingError(
            f'{weights} does not match its card (sha256 {found}, the card says {expected}); nothing was '
            'overwritten. Restore the two, or remove both.'
        )


def encode_weights(state: dict[str, torch.Tensor], metadata: dict[str, str]) -> bytes:
    """The weight file of a state dict: float16, tensors named by node id; raises TrainingError on a value that fp16 cannot hold."""
    tensors = {}
    for key, value in state.items():
        if not value.is_floating_point():
            # Batch norm's step counter is of no use in inference.
            continue
        half = value.detach().cpu().to(torch.float16)
        if not bool(torch.isfinite(half).all()):
            raise TrainingError(f'{key} holds values that do not fit in float16')
        tensors[tensor_name(key)] = half.numpy().astype('<f2')
    return safetensors.encode(tensors, metadata)


def load_weights(network: nn.Module, content: bytes) -> None:
    """Puts the weights of a file into the network; raises TrainingError unless names and shapes fit exactly."""
    stored = safetensors.decode(content)
    state = network.state_dict()
    floats = {key for key, value in state.items() if value.is_floating_point()}
    names = {tensor_name(key): key for key in floats}
    if set(names) != set(stored):
        raise TrainingError(f'the file is of another network: {sorted(set(names) ^ set(stored))[:6]} differ')
    for name, key in names.items():
        values = torch.from_numpy(stored[name].astype(np.float32))
        if values.shape != state[key].shape:
            raise TrainingError(f'{name} has shape {list(values.shape)}, the network wants {list(state[key].shape)}')
        state[key] = values
    network.load_state_dict(state)


def curve_csv(rows: list[dict[str, float]]) -> str:
    """The training curve as CSV, one row an epoch; accuracies are shares of 1, times seconds, what was not measured is empty."""
    lines = [','.join(CURVE_COLUMNS)]
    lines += [','.join(f'{row[column]:.6g}' if math.isfinite(row[column]) else '' for column in CURVE_COLUMNS) for row in rows]
    return '\n'.join(lines) + '\n'


def ship(
    recipe: Recipe,
    task: Task,
    network: nn.Module,
    state: dict[str, torch.Tensor],
    rows: list[dict[str, float]],
    lengthened: list[int],
    hardware: str,
    models: Path,
    records: Path,
) -> dict[str, Any]:
    """Writes the four files and returns the card; every number in it is measured on the weight file just written.

    Into `models` go `<id>.safetensors`, `<id>.json` and `<id>.curve.csv`; into `records` `curves/<id>.csv` and
    `fixtures/<id>-logits.json`. Raises TrainingError, having overwritten nothing, if the weights there do not
    match their card.
    """
    architecture = recipe.architecture
    check_shipped(models, architecture)
    content = encode_weights(state, {'architecture': architecture, 'task': task.name})
    load_weights(network, content)
    cpu = torch.device('cpu')
    network.to(cpu)
    inputs, labels = task.test()
    logits = predict(network, inputs, cpu)
    further = {
        name: {'accuracy': round(accuracy(predict(network, more, cpu), truth), 4), 'images': len(truth)}
        for name, (more, truth) in task.further_tests().items()
    }
    sample = task.sample()
    places = sample[1] if sample else []
    right = int((logits[places].argmax(1) == labels[places]).sum()) if sample else 0
    card = {
        'schema': 1,
        'architecture': architecture,
        'values': recipe.values,
        'file': f'{architecture}.safetensors',
        'bytes': len(content),
        'sha256': sha256(content),
        'dtype': 'fp16',
        'format': 'safetensors',
        'task': task.name,
        'classes': task.classes,
        'input': {'shape': task.input_shape, 'preprocessing': recipe.preprocessing},
        'parameters': sum(p.numel() for p in network.parameters()),
        'origin': f'Trained by this project on {task.origin}.',
        'licence': {'weights': 'MIT', 'data': task.licence},
        'recipe': {
            'summary': recipe.summary,
            'file': f'training/recipes/{architecture}.json',
            **({'lengthenedFrom': lengthened} if lengthened else {}),
            'batch': recipe.batch,
            'optimiser': recipe.optimiser,
            'learningRate': recipe.learning_rate,
            'weightDecay': recipe.weight_decay,
            'labelSmoothing': recipe.label_smoothing,
        },
        'epochs': recipe.epochs,
        'seed': recipe.seed,
        'hardware': hardware,
        'software': {'python': platform.python_version(), 'pytorch': torch.__version__, 'numpy': np.__version__},
        'date': datetime.date.today().isoformat(),
        'trainingSeconds': round(sum(row['seconds'] for row in rows)),
        'accuracy': {
            'test': round(accuracy(logits, labels), 4),
            'of': 'shipped fp16 file',
            'images': len(labels),
        },
        'perClass': [round(value, 4) for value in accuracy_by_class(logits, labels, len(task.classes))],
        **({'aims': recipe.aims} if recipe.aims else {}),
        **({'sample': {'images': len(places), 'right': right}} if sample else {}),
        'further': further,
        'curve': f'{architecture}.curve.csv',
    }
    curve = curve_csv(rows)
    fixture = fixture_json(logit_fixture(architecture, card['sha256'], task, network, logits))
    # The card goes last: a run that dies before it leaves a hash that does not match, which is noticed.
    write_whole(records / 'curves' / f'{architecture}.csv', curve)
    write_whole(records / 'fixtures' / f'{architecture}-logits.json', fixture)
    write_whole(models / f'{architecture}.curve.csv', curve)
    write_whole(models / f'{architecture}.safetensors', content)
    write_whole(models / f'{architecture}.json', json.dumps(card, indent=2, ensure_ascii=False) + '\n')
    return card


def logit_fixture(
    architecture: str, weights: str, task: Task, network: nn.Module, test_logits: torch.Tensor
) -> dict[str, Any]:
    """Pictures and the network's logits on them: `pixels` is base64 of uint8 in the input's shape, value = pixel / 255.

    `test` has the logits on some pictures of the test file, by their place in it, for where that file is at hand: no
    picture of a data set is stored.
    """
    pictures = task.fixture_pictures(torch.Generator().manual_seed(7))
    logits = predict(network, task.normalise(pictures.float() / 255), torch.device('cpu'))
    sample = task.sample()
    stored = {
        'architecture': architecture,
        'sha256': weights,
        'shape': task.input_shape,
        'normalisation': 'input = (pixel / 255 * scale - mean) / std, with the numbers of the card',
        'cases': [
            {
                'pixels': base64.b64encode(picture.numpy().tobytes()).decode(),
                'logits': [round(value, 5) for value in row.tolist()],
            }
            for picture, row in zip(pictures, logits, strict=True)
        ],
    }
    if sample:
        data, places = sample
        rows = [{'place': place, 'logits': [round(value, 4) for value in test_logits[place].tolist()]} for place in places]
        stored['test'] = {'sha256': data, 'rows': rows}
    return stored


def fixture_json(fixture: dict[str, Any]) -> str:
    """The fixture with one line a case: short, and readable in a difference."""
    def line(value: Any) -> str:
        return json.dumps(value, separators=(',', ':'))

    parts = [f' {json.dumps(key)}: {line(value)}' for key, value in fixture.items() if key not in ('cases', 'test')]
    cases = ',\n'.join(f'  {line(case)}' for case in fixture['cases'])
    parts.append(f' "cases": [\n{cases}\n ]')
    if 'test' in fixture:
        rows = ',\n'.join(f'   {line(row)}' for row in fixture['test']['rows'])
        parts.append(f' "test": {{\n  "sha256": {line(fixture["test"]["sha256"])},\n  "rows": [\n{rows}\n  ]\n }}')
    return '{\n' + ',\n'.join(parts) + '\n}\n'


MODELS = REPOSITORY / 'public' / 'models'
