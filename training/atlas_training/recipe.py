"""Recipes: how one network is trained, as a JSON file beside the script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import TrainingError

RECIPES = Path(__file__).resolve().parent.parent / 'recipes'

OPTIMISERS = ('adamw', 'muon', 'sgd')
PRECISIONS = ('bfloat16', 'float32')

#: Every key a recipe has, with the type of its value. None may be missing, none may be added.
KEYS: dict[str, type | tuple[type, ...]] = {
    'architecture': str,
    'values': dict,
    'task': str,
    'summary': str,
    'aims': dict,
    'seed': int,
    'epochs': int,
    'batch': int,
    'optimiser': str,
    'precision': str,
    'learningRate': (int, float),
    'warmup': (int, float),
    'weightDecay': (int, float),
    'labelSmoothing': (int, float),
    'averaging': (int, float),
    'preprocessing': dict,
    'data': dict,
}


@dataclass(frozen=True)
class Recipe:
    """A checked recipe.

    `values` are the numbers of the network's family that differ from its published ones (a slimmer network, say).
    `warmup` is the share of all steps in which the learning rate rises; it then falls to zero along a cosine.
    `averaging` is the decay of the exponential moving average of the weights, which is what is shipped.
    `aims` are the accuracies hoped for, by what there is to train on: `gpu`, and `cpu` for fewer or slimmer layers.
    `precision` is that of activations and their gradients; weights and their steps are float32 always.
    `data` belongs to the task: augmentation and additional pictures.
    """

    architecture: str
    values: dict[str, float]
    task: str
    summary: str
    aims: dict[str, float]
    seed: int
    epochs: int
    batch: int
    optimiser: str
    precision: str
    learning_rate: float
    warmup: float
    weight_decay: float
    label_smoothing: float
    averaging: float
    preprocessing: dict[str, Any]
    data: dict[str, Any]


#: What a recipe says about a run without changing it.
REMARKS = ('summary', 'aims')


def read_recipe(architecture: str, path: Path | None = None) -> Recipe:
    """The recipe of a network; raises TrainingError for an unknown network or a recipe that is not whole."""
    file = path or RECIPES / f'{architecture}.json'
    if not file.is_file():
        known = ', '.join(sorted(recipe.stem for recipe in RECIPES.glob('*.json')))
        raise TrainingError(f'no recipe for {architecture!r} at {file}; there are recipes for: {known}')
    try:
        content = json.loads(file.read_text())
    except ValueError as error:
        raise TrainingError(f'{file} is not JSON: {error}') from error
    if not isinstance(content, dict) or set(content) != set(KEYS):
        odd = sorted(set(content) ^ set(KEYS)) if isinstance(content, dict) else ['not an object']
        raise TrainingError(f'{file}: these keys are missing or unknown: {", ".join(odd)}')
    for key, kind in KEYS.items():
        if not isinstance(content[key], kind) or isinstance(content[key], bool):
            raise TrainingError(f'{file}: {key} is {content[key]!r}')
    if content['architecture'] != architecture:
        raise TrainingError(f'{file} is a recipe for {content["architecture"]!r}, not for {architecture!r}')
    if content['epochs'] < 1 or content['batch'] < 1:
        raise TrainingError(f'{file}: epochs and batch must be at least 1')
    if content['optimiser'] not in OPTIMISERS:
        raise TrainingError(f'{file}: optimiser is {content["optimiser"]!r}; there are: {", ".join(OPTIMISERS)}')
    if content['precision'] not in PRECISIONS:
        raise TrainingError(f'{file}: precision is {content["precision"]!r}; there are: {", ".join(PRECISIONS)}')
    return Recipe(
        architecture=architecture,
        values=content['values'],
        task=content['task'],
        summary=content['summary'],
        aims=content['aims'],
        seed=content['seed'],
        epochs=content['epochs'],
        batch=content['batch'],
        optimiser=content['optimiser'],
        precision=content['precision'],
        learning_rate=content['learningRate'],
        warmup=content['warmup'],
        weight_decay=content['weightDecay'],
        label_smoothing=content['labelSmoothing'],
        averaging=content['averaging'],
        preprocessing=content['preprocessing'],
        data=content['data'],
    )
