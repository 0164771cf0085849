#!/usr/bin/env python3
"""Prints the folder with CIFAR-10 in its official binary records, decoded if need be: `training/decode_cifar10.py DATA`."""

from __future__ import annotations

import sys
from pathlib import Path

from atlas_training.cifar10 import cached
from atlas_training.errors import TrainingError


def main(arguments: list[str]) -> int:
    """The command line; 1 with a message on standard error if the data is missing or wrong."""
    try:
        print(cached(Path(arguments[0]) if arguments else None))
    except TrainingError as error:
        print(f'decode_cifar10.py: {error}', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
