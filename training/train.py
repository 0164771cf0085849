#!/usr/bin/env python3
"""Trains one network of the atlas by its recipe and ships the weights: `training/train.py lenet5`."""

from __future__ import annotations

import argparse
import dataclasses
import math
import sys
import time
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from atlas_training.checkpoint import load_checkpoint, save_checkpoint
from atlas_training.errors import TrainingError
from atlas_training.evaluation import accuracy, predict
from atlas_training.export import MODELS, check_shipped, curve_csv, ship
from atlas_training.files import write_whole
from atlas_training.muon import Muon
from atlas_training.network import build_network, draw_column, drop_path_of, write_module
from atlas_training.recipe import REMARKS, Recipe, read_recipe
from atlas_training.tasks import TASKS, Labelled, Task

TRAINING = Path(__file__).resolve().parent

#: Test pictures that are read for a point of the curve; the last epoch reads all.
CURVE_PICTURES = 2000


def learning_rate(recipe: Recipe, progress: float) -> float:
    """The learning rate when `progress` (0..1) of all steps are done: a straight rise, then a cosine to zero."""
    if progress < recipe.warmup:
        return recipe.learning_rate * max(progress / recipe.warmup, 0.02)
    return recipe.learning_rate * 0.5 * (1 + math.cos(math.pi * (progress - recipe.warmup) / (1 - recipe.warmup)))


def make_optimiser(network: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    """The recipe's optimiser, Muon, SGD with Nesterov's momentum or AdamW; weight decay applies to kernels and matrices, not to biases and norms."""
    if recipe.optimiser == 'muon':
        return Muon(network.parameters(), recipe.learning_rate, recipe.weight_decay)
    matrices = [p for p in network.parameters() if p.dim() > 1]
    vectors = [p for p in network.parameters() if p.dim() <= 1]
    groups = [{'params': matrices, 'weight_decay': recipe.weight_decay}, {'params': vectors, 'weight_decay': 0.0}]
    if recipe.optimiser == 'sgd':
        return torch.optim.SGD(groups, lr=recipe.learning_rate, momentum=0.9, nesterov=True)
    return torch.optim.AdamW(groups, lr=recipe.learning_rate)


@torch.no_grad()
def update_average(average: dict[str, torch.Tensor], network: nn.Module, decay: float) -> None:
    """Moves the averaged state a step towards the network's; integer buffers are copied."""
    for key, value in network.state_dict().items():
        if value.is_floating_point():
            average[key].lerp_(value, 1 - decay)
        else:
            average[key].copy_(value)


def train_epoch(
    network: nn.Module,
    average: dict[str, torch.Tensor],
    optimiser: torch.optim.Optimizer,
    task: Task,
    recipe: Recipe,
    epoch: int,
    device: torch.device,
) -> dict[str, float]:
    """One epoch; its pictures and their order depend on the recipe's seed and the epoch's number alone."""
    # Global randomness serves dropout and the like, the generator the data: both restart with each epoch, so
    # that a resumed run does what an unbroken one does.
    seed = recipe.seed * 100_003 + epoch
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    started = time.monotonic()
    total = task.pictures_per_epoch()
    network.train()
    drop_path = drop_path_of(network)
    seen, right, loss_sum, rate = 0, 0, 0.0, 0.0
    for inputs, labels in task.epoch(generator, epoch / recipe.epochs):
        for start in range(0, len(labels), recipe.batch):
            x = inputs[start : start + recipe.batch].to(device)
            y = labels[start : start + recipe.batch].to(device)
            progress = (epoch + seen / total) / recipe.epochs
            rate = learning_rate(recipe, progress)
            for group in optimiser.param_groups:
                group['lr'] = rate
            if drop_path:
                drop_path.column = draw_column(drop_path.columns, generator)
            with torch.autocast(device.type, torch.bfloat16, enabled=recipe.precision == 'bfloat16'):
                logits = network(x)
            loss = F.cross_entropy(logits.float(), y, label_smoothing=recipe.label_smoothing)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            # Early weights are worth little: the average follows closely at first.
            steps = epoch * total / recipe.batch + seen / recipe.batch
            update_average(average, network, min(recipe.averaging, (steps + 1) / (steps + 10)))
            seen += len(y)
            right += int((logits.argmax(1) == y).sum())
            loss_sum += float(loss.detach()) * len(y)
    if not math.isfinite(loss_sum):
        raise TrainingError(f'the loss is not finite in epoch {epoch + 1}: lower the learning rate')
    return {
        'epoch': epoch + 1,
        'learningRate': rate,
        'trainLoss': loss_sum / seen,
        'trainAccuracy': right / seen,
        'seconds': time.monotonic() - started,
    }


def measure(network: nn.Module, test: Labelled, further: dict[str, Labelled], device: torch.device) -> dict[str, float]:
    """Accuracy on the test set and the mean of that on the further ones."""
    others = [accuracy(predict(network, x, device), y) for x, y in further.values()]
    return {
        'testAccuracy': accuracy(predict(network, test[0], device), test[1]),
        'furtherAccuracy': sum(others) / len(others) if others else math.nan,
    }


def thinned(test: Labelled) -> Labelled:
    """About `CURVE_PICTURES` of the pictures, evenly spaced: a set in the order of its classes keeps all of them."""
    step = max(1, len(test[1]) // CURVE_PICTURES)
    return test[0][::step], test[1][::step]


def train(options: argparse.Namespace) -> dict[str, Any]:
    """Runs the whole of it and returns the card; raises TrainingError."""
    recipe = read_recipe(options.architecture, options.recipe)
    if options.epochs is not None:
        recipe = dataclasses.replace(recipe, epochs=options.epochs)
    if options.published:
        recipe = dataclasses.replace(recipe, values={})
    if recipe.task not in TASKS:
        raise TrainingError(f'unknown task {recipe.task!r}; there are: {", ".join(TASKS)}')
    # Looked at before the hours of training, not after.
    check_shipped(options.models, recipe.architecture)
    if options.module:
        if not options.module.is_file():
            raise TrainingError(f'no module text at {options.module}')
        text = options.module.read_text()
    else:
        text = write_module(recipe.architecture, recipe.values)
    torch.set_num_threads(options.threads)
    device = torch.device(options.device)
    torch.manual_seed(recipe.seed)
    network = build_network(text, recipe.architecture.replace('-', '_')).to(device)
    # The faster order in memory for convolutions of many channels, and no different in its results.
    network = network.to(memory_format=torch.channels_last)
    task = TASKS[recipe.task](options.data, recipe.preprocessing, recipe.data)
    run = options.runs / recipe.architecture
    checkpoint = run / 'checkpoint.pt'
    optimiser = make_optimiser(network, recipe)
    average = {key: value.detach().clone() for key, value in network.state_dict().items()}
    rows: list[dict[str, float]] = []
    settings = dataclasses.asdict(recipe)
    lengthened: list[int] = []
    if options.resume:
        state = load_checkpoint(checkpoint)
        free = (*REMARKS, 'epochs')
        planned_as = {'precision': 'float32', **state['recipe']}
        changed = [k for k, value in settings.items() if k not in free and planned_as.get(k) != value]
        if changed:
            raise TrainingError(f'{checkpoint} was trained by another recipe ({", ".join(changed)} differ)')
        try:
            network.load_state_dict(state['network'])
        except RuntimeError as error:
            raise TrainingError(f'{checkpoint} is of another network: {error}') from error
        optimiser.load_state_dict(state['optimiser'])
        average = {key: value.to(device) for key, value in state['average'].items()}
        rows = state['rows']
        lengthened = list(state.get('lengthened', []))
        planned = planned_as['epochs']
        if recipe.epochs < len(rows):
            raise TrainingError(f'{checkpoint} has {len(rows)} epochs already, the recipe asks for {recipe.epochs}')
        if recipe.epochs != planned:
            # From here on the rate follows the new schedule; what lies behind followed the old one, and the card says so.
            lengthened.append(planned)
    elif checkpoint.is_file() and not options.restart:
        raise TrainingError(f'there is a run at {run}: go on with --resume, or begin again with --restart')
    write_whole(run / 'module.py', text)
    test, further = task.test(), task.further_tests()
    judge = build_network(text, recipe.architecture.replace('-', '_')).to(device, memory_format=torch.channels_last)
    for epoch in range(len(rows), recipe.epochs):
        row = train_epoch(network, average, optimiser, task, recipe, epoch, device)
        judge.load_state_dict(average)
        row.update(measure(judge, test if epoch + 1 == recipe.epochs else thinned(test), further, device))
        rows.append(row)
        save_checkpoint(
            checkpoint,
            {
                'recipe': settings,
                'lengthened': lengthened,
                'network': network.state_dict(),
                'average': average,
                'optimiser': optimiser.state_dict(),
                'rows': rows,
            },
        )
        write_whole(run / 'curve.csv', curve_csv(rows))
        others = f'further {row["furtherAccuracy"]:.2%}  ' if math.isfinite(row['furtherAccuracy']) else ''
        print(
            f'epoch {epoch + 1}/{recipe.epochs}  loss {row["trainLoss"]:.4f}  train {row["trainAccuracy"]:.2%}  '
            f'test {row["testAccuracy"]:.2%}  {others}{row["seconds"]:.0f} s',
            flush=True,
        )
    cores = f'{options.threads} core{"" if options.threads == 1 else "s"}'
    hardware = options.hardware or (f'CPU, {cores}' if device.type == 'cpu' else torch.cuda.get_device_name())
    return ship(recipe, task, judge, average, rows, lengthened, hardware, options.models, options.records)


def main(arguments: list[str] | None = None) -> int:
    """The command line; 1 with a message on standard error if something outside the code is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('architecture', help='id of the network, such as lenet5')
    parser.add_argument('--data', type=Path, help='folder of the data set (default: what npm installed)')
    parser.add_argument('--recipe', type=Path, help='another recipe file')
    parser.add_argument('--module', type=Path, help='PyTorch module text (default: ask the engine)')
    parser.add_argument('--epochs', type=int, help='instead of the recipe\'s')
    parser.add_argument('--published', action='store_true', help='the published network, not the recipe\'s slimmer one')
    parser.add_argument('--device', default='cpu')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--hardware', help='how the card names the machine')
    parser.add_argument('--resume', action='store_true', help='go on from the last whole epoch')
    parser.add_argument('--restart', action='store_true', help='begin again where there is a run already')
    parser.add_argument('--runs', type=Path, default=TRAINING / 'runs', help='folder of checkpoints')
    parser.add_argument('--models', type=Path, default=MODELS, help='folder of the shipped weights')
    parser.add_argument('--records', type=Path, default=TRAINING, help='folder of curves/ and fixtures/')
    options = parser.parse_args(arguments)
    try:
        card = train(options)
    except TrainingError as error:
        print(f'train.py: {error}', file=sys.stderr)
        return 1
    print(f'{card["file"]}: {card["bytes"]:,} bytes, test accuracy {card["accuracy"]["test"]:.2%}, {card["further"]}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
