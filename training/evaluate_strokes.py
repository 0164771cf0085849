#!/usr/bin/env python3
"""Reads stored pen strokes with a shipped network and lists what it misreads: `training/evaluate_strokes.py lenet5 FILE`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import torch

from atlas_training.errors import TrainingError
from atlas_training.evaluation import predict
from atlas_training.export import MODELS, check_shipped, load_weights
from atlas_training.network import REPOSITORY, build_network, write_module

DEFAULT_STROKES = REPOSITORY / 'e2e' / 'fixtures' / 'digits.json'


def prepare(strokes: Path) -> list[dict]:
    """Labels, styles and 32×32 pixels of stored strokes, prepared by the engine; raises TrainingError."""
    if not strokes.is_file():
        raise TrainingError(f'no strokes at {strokes}')
    command = ['npx', 'tsx', 'training/prepare-strokes.ts', str(strokes.resolve())]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode != 0:
        raise TrainingError(f'the strokes could not be prepared:\n{done.stderr.strip()}')
    digits = json.loads(done.stdout)
    empty = [digit['style'] for digit in digits if digit['pixels'] is None]
    if empty:
        raise TrainingError(f'{strokes}: no ink in {", ".join(empty)}')
    return digits


def evaluate(options: argparse.Namespace) -> tuple[int, int]:
    """Prints each misread digit; returns how many were read right, and how many there are."""
    check_shipped(options.models, options.architecture)
    card_path = options.models / f'{options.architecture}.json'
    if not card_path.is_file():
        raise TrainingError(f'no weights for {options.architecture!r} in {options.models}')
    card = json.loads(card_path.read_text())
    text = options.module.read_text() if options.module else write_module(options.architecture)
    network = build_network(text, options.architecture.replace('-', '_'))
    load_weights(network, (options.models / card['file']).read_bytes())
    digits = prepare(options.strokes)
    pixels = torch.tensor([digit['pixels'] for digit in digits]).view(-1, *card['input']['shape'])
    p = card['input']['preprocessing']
    inputs = (pixels * p['scale'] - p['mean']) / p['std']
    probabilities = predict(network, inputs, torch.device('cpu')).softmax(1)
    right = 0
    for digit, row in zip(digits, probabilities, strict=True):
        read = int(row.argmax())
        right += read == int(digit['label'])
        if read != int(digit['label']):
            print(f'{digit["label"]} ({digit["style"]}) read as {read} with {row[read]:.0%}, {row[int(digit["label"])]:.0%} for {digit["label"]}')
    return right, len(digits)


def main(arguments: list[str] | None = None) -> int:
    """The command line; 1 with a message on standard error if a file is missing or wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('architecture')
    parser.add_argument('strokes', type=Path, nargs='?', default=DEFAULT_STROKES)
    parser.add_argument('--models', type=Path, default=MODELS)
    parser.add_argument('--module', type=Path, help='PyTorch module text (default: ask the engine)')
    options = parser.parse_args(arguments)
    try:
        right, count = evaluate(options)
    except TrainingError as error:
        print(f'evaluate_strokes.py: {error}', file=sys.stderr)
        return 1
    print(f'{right} of {count} read right ({right / count:.1%})')
    return 0


if __name__ == '__main__':
    sys.exit(main())
