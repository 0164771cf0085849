"""Figures of torchvision's own networks for torchvision.test.ts.

A list of jobs as JSON on standard input, each a network's name and sizes [height, width] of its input; one result a
job: for each size the multiply-accumulates and the outputs' shapes of all convolutions, fully connected layers,
poolings and normalizations in order, or null where the network refuses it. The networks run on the meta device, which
checks and gives shapes and computes no values.
"""

import json
import sys

import torch
import torchvision
from torch import nn


def skip(tensor, *_args, **_options):
    return tensor


for name in ("kaiming_uniform_", "kaiming_normal_", "uniform_", "normal_", "ones_", "zeros_", "constant_"):
    # Only shapes are asked for: first values would take most of the time.
    setattr(nn.init, name, skip)

COUNTED = (nn.Conv2d, nn.Linear, nn.MaxPool2d, nn.AvgPool2d, nn.BatchNorm2d)


def build(name):
    options = {"aux_logits": False, "init_weights": False} if name == "googlenet" else {}
    return getattr(torchvision.models, name)(**options).eval().to("meta")


def run(network, size):
    shapes = []
    macs = 0

    def hook(module, inputs, output):
        nonlocal macs
        shapes.append(list(output.shape[1:]))
        if isinstance(module, nn.Conv2d):
            macs += output.numel() * module.weight[0].numel()
        elif isinstance(module, nn.Linear):
            macs += module.weight.numel()

    handles = [
        module.register_forward_hook(hook) for module in network.modules() if isinstance(module, COUNTED)
    ]
    try:
        with torch.no_grad():
            network(torch.zeros(1, 3, *size, device="meta"))
    except RuntimeError:
        return None
    finally:
        for handle in handles:
            handle.remove()
    return {"macs": macs, "shapes": shapes}


for name, sizes in json.load(sys.stdin):
    network = build(name)
    parameters = sum(parameter.numel() for parameter in network.parameters())
    print(json.dumps({"parameters": parameters, "runs": [run(network, size) for size in sizes]}), flush=True)
