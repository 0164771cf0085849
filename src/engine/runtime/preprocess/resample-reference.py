"""Writes resample-reference.json: small made-up pictures resized by PyTorch, for resample.test.ts.

    python3 src/engine/runtime/preprocess/resample-reference.py

`triangle` is torch.nn.functional.interpolate(mode='bilinear', antialias=True), which torchvision's Resize uses and which
follows Pillow; `area` is adaptive average pooling, for sizes that divide the picture's.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

CASES = [
    ('triangle', (7, 9), (4, 5)),
    ('triangle', (40, 31), (8, 8)),
    ('triangle', (5, 6), (11, 13)),
    ('triangle', (16, 3), (4, 12)),
    ('area', (12, 20), (4, 5)),
    ('area', (32, 32), (8, 16)),
]


def resized(method: str, picture: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    if method == 'area':
        return F.adaptive_avg_pool2d(picture, size)
    return F.interpolate(picture, size=size, mode='bilinear', antialias=True, align_corners=False)


torch.manual_seed(11)
cases = []
for method, from_size, to_size in CASES:
    picture = torch.randint(0, 256, (1, 3, *from_size)).float()
    cases.append(
        {
            'method': method,
            'from': from_size,
            'to': to_size,
            'picture': [int(value) for value in picture.flatten()],
            'resized': [round(value, 4) for value in resized(method, picture.double(), to_size).flatten().tolist()],
        }
    )
lines = ',\n  '.join(json.dumps(case, separators=(',', ':')) for case in cases)
Path(__file__).with_suffix('.json').write_text(f'[\n  {lines}\n]\n')
