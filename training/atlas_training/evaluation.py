"""Accuracy of a network on labelled inputs."""

from __future__ import annotations

import torch
from torch import nn


@torch.no_grad()
def predict(network: nn.Module, inputs: torch.Tensor, device: torch.device, part: int = 1000) -> torch.Tensor:
    """Logits [n, classes] of network inputs, in evaluation mode."""
    network.eval()
    return torch.cat([network(inputs[i : i + part].to(device)).cpu() for i in range(0, len(inputs), part)])


def accuracy(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """Share of rows whose largest logit is the label's."""
    return float((logits.argmax(1) == labels).double().mean())


def accuracy_by_class(logits: torch.Tensor, labels: torch.Tensor, classes: int) -> list[float]:
    """Share of each class's rows that are read as that class."""
    right = logits.argmax(1) == labels
    return [float(right[labels == index].double().mean()) for index in range(classes)]
