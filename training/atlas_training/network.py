"""The network itself: the PyTorch module that the atlas's engine writes from the architecture's definition."""

from __future__ import annotations

import re
import subprocess
import types

import torch
from torch import nn

from .errors import TrainingError
from .files import REPOSITORY


def write_module(architecture: str, values: dict[str, float] | None = None) -> str:
    """The module text that `npm run -s torch` prints, up to the logits; raises TrainingError if it prints none.

    `values` are numbers of the network's family that differ from its published ones.
    """
    command = ['npm', 'run', '-s', 'torch', '--', architecture, '--logits']
    if values:
        command += ['--values', ','.join(f'{name}={value}' for name, value in values.items())]
    try:
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise TrainingError(f'{" ".join(command)} did not run: {error}') from error
    if done.returncode != 0 or not done.stdout.strip():
        raise TrainingError(f'the engine wrote no PyTorch module for {architecture!r}:\n{done.stderr.strip()}')
    return done.stdout


def build_network(text: str, name: str = 'network') -> nn.Module:
    """An instance of the last torch.nn.Module class that the module text defines; raises TrainingError if none."""
    module = types.ModuleType(name)
    try:
        exec(compile(text, f'<{name}>', 'exec'), module.__dict__)
    except Exception as error:
        raise TrainingError(f'the PyTorch module of {name} does not load: {error}') from error
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, nn.Module) and value.__module__ == name
    ]
    if not classes:
        raise TrainingError(f'the PyTorch module of {name} defines no network')
    return classes[-1]()


def tensor_name(key: str) -> str:
    """The weight file's name of a state_dict key: the node's id, then the tensor (`conv1.conv.weight` → `conv1/conv.weight`)."""
    node, _, tensor = key.rpartition('.')
    return f'{node.replace(".", "/")}.{tensor}'


def drop_path_of(network: nn.Module) -> type | None:
    """The class `Join` of a written module that joins columns, with their number as `columns`; None for any other."""
    found = type(network).forward.__globals__.get('Join')
    if found:
        names = {part for name, _ in network.named_modules() for part in name.split('.') if re.fullmatch(r'column\d+', part)}
        found.columns = len(names)
    return found


def draw_column(columns: int, generator: torch.Generator) -> int | None:
    """A batch's share of drop-path (Larsson et al. 2017, section 3): half are local, half are given to one column."""
    drawn = int(torch.randint(2 * columns, (), generator=generator))
    return drawn if drawn < columns else None
