"""Runs written modules for torch.test.ts: a list of jobs as JSON on standard input, one result a line on standard output.

A job holds the module's text as `code`, and, to run it, `data`: a file of float32 values; `input`: the input's shape
with its batch; `tensors`: [key, shape, first value] of every tensor of the state_dict; and `first`: where in the file
the input begins. With `train`, gradients are taken of the outputs' sum in training mode. With `input` alone,
multiply-accumulates are counted by hooks on convolutions and fully connected layers, and the shapes of the outputs
given, on the meta device where the module runs there.
"""

import json
import sys
import types

import torch
from torch import nn


def skip(tensor, *_args, **_options):
    return tensor


def build(code):
    module = types.ModuleType("written")
    exec(compile(code, "<written>", "exec"), module.__dict__)
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, nn.Module) and value.__module__ == "written"
    ]
    return classes[-1]()


def count(network, shape):
    """Multiply-accumulates of one run, and the shapes of what comes out."""
    macs = 0

    def convolution(module, _inputs, output):
        nonlocal macs
        macs += output.numel() * module.weight[0].numel()

    def linear(module, inputs, _output):
        nonlocal macs
        macs += inputs[0].shape[0] * module.weight.numel()

    def partial(module, _inputs, output):
        nonlocal macs
        macs += output.shape[2] * output.shape[3] * module.weight.numel()

    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            module.register_forward_hook(convolution)
        elif isinstance(module, nn.Linear):
            module.register_forward_hook(linear)
        elif type(module).__name__ == "PartialConv2d":
            module.register_forward_hook(partial)
    network.eval()
    with torch.no_grad():
        try:
            # Checks and shapes without values: the largest networks take a moment at any input.
            outputs = network.to("meta")(torch.zeros(shape, device="meta"))
        except (NotImplementedError, RuntimeError):
            macs = 0
            outputs = network.to_empty(device="cpu")(torch.zeros(shape))
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    return {"macs": macs, "shapes": [list(output.shape) for output in outputs]}


def run(job):
    network = build(job["code"])
    keys = [key for key in network.state_dict() if not key.endswith("num_batches_tracked")]
    result = {
        "name": type(network).__name__,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "keys": keys,
    }
    if "data" not in job:
        if "input" in job:
            result.update(count(network, job["input"]))
        return result
    with open(job["data"], "rb") as file:
        values = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)

    def take(shape, first):
        return values[first : first + torch.Size(shape).numel()].view(shape)

    network.load_state_dict({key: take(shape, first) for key, shape, first in job["tensors"]}, strict=True)
    network.eval()
    x = take(job["input"], job["first"])
    before = x.clone()
    with torch.no_grad():
        outputs = network(x)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    result["kept"] = bool(torch.equal(x, before))
    result["outputs"] = [output.flatten().tolist() for output in outputs]
    if job.get("train"):
        network.train()
        # Every path is kept, so that every parameter has its gradient.
        join = type(network).forward.__globals__.get("Join")
        if join:
            join.share = 0
        outputs = network(torch.cat([x, x.flip(2)]))
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        sum(output.sum() for output in outputs).backward()
        result["gradients"] = [key for key, parameter in network.named_parameters() if parameter.grad is not None]
    return result


for name in ("kaiming_uniform_", "uniform_", "normal_", "ones_", "zeros_"):
    # What is counted or loaded needs no first values; without them the largest networks take no memory.
    setattr(nn.init, name, skip)

for job in json.load(sys.stdin):
    try:
        print(json.dumps(run(job)), flush=True)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
