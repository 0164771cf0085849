"""Muon (Jordan et al. 2024): momentum whose every step is made orthogonal, which short trainings gain most by."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn

#: Coefficients of Jordan's odd quintic: its steps bring every singular value near 1, fast rather than close.
QUINTIC = (3.4445, -4.7750, 2.0315)
STEPS = 5


def orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """The matrix [rows, columns] with its singular values brought near 1 (0.7 to 1.2), by Newton and Schulz's iteration."""
    a, b, c = QUINTIC
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    wide = wide / (wide.norm() + 1e-7)
    for _ in range(STEPS):
        square = wide @ wide.T
        wide = torch.addmm(wide, torch.addmm(square, square, square, beta=b, alpha=c), wide, beta=a)
    return wide if matrix.shape[0] <= matrix.shape[1] else wide.T


class Muon(torch.optim.Optimizer):
    """Orthogonal momentum for convolution kernels; Adam, at `ADAM_SHARE` of the learning rate, for all else.

    A kernel is the matrix of its filters, one a row. Weight decay is decoupled and applies to kernels and matrices.
    """

    MOMENTUM = 0.95
    ADAM_SHARE = 0.1
    BETAS = (0.9, 0.99)

    def __init__(self, parameters: Iterable[nn.Parameter], lr: float, weight_decay: float) -> None:
        parameters = list(parameters)
        kernels = [p for p in parameters if p.dim() > 2]
        matrices = [p for p in parameters if p.dim() == 2]
        vectors = [p for p in parameters if p.dim() < 2]
        groups = [
            {'params': kernels, 'orthogonal': True, 'weight_decay': weight_decay},
            {'params': matrices, 'orthogonal': False, 'weight_decay': weight_decay},
            {'params': vectors, 'orthogonal': False, 'weight_decay': 0.0},
        ]
        super().__init__([group for group in groups if group['params']], {'lr': lr})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        """One step; parameters that had no part in the loss stay as they are."""
        for group in self.param_groups:
            move = self._move_kernel if group['orthogonal'] else self._move_by_adam
            for parameter in group['params']:
                if parameter.grad is not None:
                    move(parameter, group['lr'], group['weight_decay'])

    def _move_kernel(self, parameter: nn.Parameter, rate: float, decay: float) -> None:
        state = self.state[parameter]
        if not state:
            state['momentum'] = torch.zeros_like(parameter)
        momentum = state['momentum'].lerp_(parameter.grad, 1 - self.MOMENTUM)
        # Nesterov's look ahead.
        ahead = parameter.grad.lerp(momentum, self.MOMENTUM).flatten(1)
        rows, columns = ahead.shape
        step = orthogonal(ahead).view(parameter.shape)
        parameter.mul_(1 - rate * decay).sub_(step, alpha=rate * max(1.0, rows / columns) ** 0.5)

    def _move_by_adam(self, parameter: nn.Parameter, rate: float, decay: float) -> None:
        rate *= self.ADAM_SHARE
        state = self.state[parameter]
        if not state:
            state.update(steps=0, mean=torch.zeros_like(parameter), square=torch.zeros_like(parameter))
        state['steps'] += 1
        first, second = self.BETAS
        mean = state['mean'].lerp_(parameter.grad, 1 - first) / (1 - first ** state['steps'])
        square = state['square'].lerp_(parameter.grad.square(), 1 - second) / (1 - second ** state['steps'])
        parameter.mul_(1 - rate * decay).sub_(mean / (square.sqrt() + 1e-8), alpha=rate)
