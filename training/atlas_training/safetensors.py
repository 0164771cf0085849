"""Weight files: the safetensors container (8-byte header length, JSON header, tensors), little-endian."""

from __future__ import annotations

import json

import numpy as np

from .errors import TrainingError

_TYPES = {'F16': np.dtype('<f2'), 'F32': np.dtype('<f4')}


def encode(tensors: dict[str, np.ndarray], metadata: dict[str, str]) -> bytes:
    """The file of the tensors, in their order, each float16 or float32; data starts at a multiple of 8 bytes."""
    header: dict[str, object] = {'__metadata__': metadata}
    parts, offset = [], 0
    for name, tensor in tensors.items():
        dtype = next((key for key, value in _TYPES.items() if value == tensor.dtype), None)
        if dtype is None:
            raise ValueError(f'{name} is {tensor.dtype}')
        content = np.ascontiguousarray(tensor).tobytes()
        header[name] = {'dtype': dtype, 'shape': list(tensor.shape), 'data_offsets': [offset, offset + len(content)]}
        parts.append(content)
        offset += len(content)
    text = json.dumps(header, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 8)
    return len(text).to_bytes(8, 'little') + text + b''.join(parts)


def decode(content: bytes) -> dict[str, np.ndarray]:
    """The tensors of a file by name; raises TrainingError if it is cut short or not safetensors."""
    try:
        length = int.from_bytes(content[:8], 'little')
        header = json.loads(content[8 : 8 + length])
        data = content[8 + length :]
        tensors = {}
        for name, entry in header.items():
            if name == '__metadata__':
                continue
            start, end = entry['data_offsets']
            if end > len(data):
                raise ValueError(f'{name} ends at byte {end} of {len(data)}')
            tensors[name] = np.frombuffer(data[start:end], _TYPES[entry['dtype']]).reshape(entry['shape'])
        return tensors
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingError(f'not a whole safetensors file: {error}') from error
