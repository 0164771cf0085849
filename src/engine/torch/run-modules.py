"""Runs written modules for torch.test.ts: a list of jobs as JSON on standard input, one result a line on standard output.

A job holds the module's text as `code`, and, to run it, `data`: a file of float32 values; `input`: the input's shape
with its batch; `tensors`: [key, shape, first value] of every tensor of the state_dict; and `first`: where in the file
the input begins. With `train`, gradients are taken of the outputs' sum in training mode.
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


def run(job):
    network = build(job["code"])
    keys = [key for key in network.state_dict() if not key.endswith("num_batches_tracked")]
    result = {
        "name": type(network).__name__,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "keys": keys,
    }
    if "data" not in job:
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
