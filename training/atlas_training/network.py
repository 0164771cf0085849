"""The network itself: the PyTorch module that the atlas's engine writes from the architecture's definition."""

from __future__ import annotations

import re
import subprocess
import types

import torch
import torch.nn.functional as F
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
    network = classes[-1]()
    for module in network.modules():
        if type(module) is nn.LocalResponseNorm:
            # Another way to the same numbers, by the object's methods alone: what is trained stays what was written.
            module.forward = types.MethodType(_forward_of_response_norm, module)
    return network


class ResponseNorm(torch.autograd.Function):
    """Local response normalisation as torch.nn.functional.local_response_norm defines it, in less time on a CPU.

    The sum over neighbouring channels is a 1×1 convolution by a band of ones; PyTorch composes it of padding,
    three-dimensional pooling and powers, which take more time than AlexNet's convolutions.
    """

    @staticmethod
    def forward(ctx, x: torch.Tensor, size: int, alpha: float, beta: float, k: float) -> torch.Tensor:
        channel = torch.arange(x.shape[1])
        offset = channel[None] - channel[:, None]
        band = ((offset >= -(size // 2)) & (offset <= (size - 1) // 2)).to(x)[..., None, None]
        base = F.conv2d(x * x, band).mul_(alpha / size).add_(k)
        # d^-¾ by two square roots, which cost a fraction of a power.
        power = (root := base.rsqrt()) * root.sqrt() if beta == 0.75 else base**-beta
        ctx.save_for_backward(x, base, power, band)
        ctx.factor = 2 * alpha * beta / size
        return x * power

    @staticmethod
    def backward(ctx, gradient: torch.Tensor):
        x, base, power, band = ctx.saved_tensors
        direct = gradient * power
        through = F.conv2d(direct * x / base, band.transpose(0, 1))
        return direct - ctx.factor * x * through, None, None, None, None


def _forward_of_response_norm(module: nn.LocalResponseNorm, x: torch.Tensor) -> torch.Tensor:
    if x.dim() != 4:
        return F.local_response_norm(x, module.size, module.alpha, module.beta, module.k)
    return ResponseNorm.apply(x, module.size, module.alpha, module.beta, module.k)


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
