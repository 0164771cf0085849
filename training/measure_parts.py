#!/usr/bin/env python3
"""Measures the parts of a shipped network one by one: `training/measure_parts.py resnet20-cifar10 --data PATH`.

Residual networks: the accuracy with each single block taken out, its shortcut left (Veit et al. 2016, and Huang et al.
2016). FractalNet: that of each column alone. Written beside the weights as `<id>.parts.json`, and named in the card.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import torch
from torch import nn

from atlas_training import safetensors
from atlas_training.errors import TrainingError
from atlas_training.evaluation import accuracy, predict
from atlas_training.export import MODELS, check_shipped, load_weights
from atlas_training.files import write_whole
from atlas_training.network import build_network, drop_path_of, tensor_name, write_module
from atlas_training.tasks import TASKS, Labelled

CPU = torch.device('cpu')


def residual_blocks(network: nn.Module) -> list[tuple[str, nn.Module]]:
    """Names and modules of the blocks that add what their `body` makes to what goes around it."""
    return [(name, module) for name, module in network.named_modules() if 'body' in dict(module.named_children())]


def without_blocks(network: nn.Module, test: Labelled) -> list[dict[str, Any]]:
    """The accuracy without the body of each residual block, in the order of the blocks."""
    blocks = residual_blocks(network)
    parts = []
    for name, block in blocks:
        hook = block.body.register_forward_hook(lambda _module, _inputs, output: torch.zeros_like(output))
        parts.append({'id': name.replace('.', '/'), 'accuracy': round(accuracy(predict(network, test[0], CPU), test[1]), 4)})
        hook.remove()
        print(f'{name}  {parts[-1]["accuracy"]:.2%}', flush=True)
    return parts


def columns_alone(card: dict[str, Any], content: bytes, count: int, test: Labelled) -> list[dict[str, Any]]:
    """The accuracy of each column, a plain network in itself, with the weights of the whole."""
    parts = []
    stored = safetensors.decode(content)
    for column in range(1, count + 1):
        text = write_module(card['architecture'], {**card.get('values', {}), 'column': column})
        network = build_network(text, 'column')
        names = {tensor_name(key) for key, value in network.state_dict().items() if value.is_floating_point()}
        load_weights(network, safetensors.encode({name: stored[name] for name in sorted(names)}, {}))
        parts.append({'id': f'column{column}', 'accuracy': round(accuracy(predict(network, test[0], CPU), test[1]), 4)})
        print(f'column {column}  {parts[-1]["accuracy"]:.2%}', flush=True)
    return parts


def measure(options: argparse.Namespace) -> Path:
    """Writes the file and returns its path; raises TrainingError."""
    torch.set_num_threads(options.threads)
    check_shipped(options.models, options.architecture)
    card_path = options.models / f'{options.architecture}.json'
    if not card_path.is_file():
        raise TrainingError(f'no weights for {options.architecture!r} in {options.models}')
    card = json.loads(card_path.read_text())
    content = (options.models / card['file']).read_bytes()
    network = build_network(write_module(card['architecture'], card.get('values', {})), 'whole')
    network.to(memory_format=torch.channels_last)
    load_weights(network, content)
    drop_path = drop_path_of(network)
    if not drop_path and not residual_blocks(network):
        raise TrainingError(f'{options.architecture} has neither residual blocks nor columns')
    test = TASKS[card['task']](options.data, card['input']['preprocessing'], {'augmentation': {}}).test()
    whole = accuracy(predict(network, test[0], CPU), test[1])
    print(f'whole  {whole:.2%}', flush=True)
    parts = columns_alone(card, content, drop_path.columns, test) if drop_path else without_blocks(network, test)
    name = f'{options.architecture}.parts.json'
    written = {
        'schema': 1,
        'architecture': options.architecture,
        'sha256': card['sha256'],
        'command': f'training/measure_parts.py {options.architecture}',
        'kind': 'alone' if drop_path else 'without',
        'images': len(test[1]),
        'whole': round(whole, 4),
        'parts': parts,
    }
    path = options.models / name
    write_whole(path, json.dumps(written, indent=1) + '\n')
    write_whole(card_path, json.dumps({**card, 'parts': name}, indent=2, ensure_ascii=False) + '\n')
    return path


def main(arguments: list[str] | None = None) -> int:
    """The command line; 1 with a message on standard error if something outside the code is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('architecture')
    parser.add_argument('--data', type=Path)
    parser.add_argument('--models', type=Path, default=MODELS)
    parser.add_argument('--threads', type=int, default=2)
    options = parser.parse_args(arguments)
    try:
        print(measure(options))
    except TrainingError as error:
        print(f'measure_parts.py: {error}', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
