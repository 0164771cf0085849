"""Checkpoints: all that a run needs to go on where it stopped."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import torch

from .errors import TrainingError
from .files import write_whole

FORMAT = 1


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Writes a checkpoint whole or not at all."""
    buffer = io.BytesIO()
    torch.save({'format': FORMAT, **state}, buffer)
    write_whole(path, buffer.getvalue())


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Reads a checkpoint; raises TrainingError if it is missing, half-written or of another format."""
    if not path.is_file():
        raise TrainingError(f'no checkpoint at {path}: start without --resume')
    try:
        state = torch.load(path, map_location='cpu')
    except Exception as error:
        # PyTorch's own message is a page of advice on trusting the file.
        raise TrainingError(f'{path} is half-written or not a checkpoint; remove it and start again') from error
    if not isinstance(state, dict) or state.get('format') != FORMAT:
        raise TrainingError(f'{path} is not a checkpoint of this script')
    return state
