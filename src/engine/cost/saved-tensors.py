"""Counts for training-memory.test.ts what PyTorch's autograd keeps of a written module's forward pass.

Reads jobs as JSON on standard input (`code`: a module's text; `input`: its shape without the batch) and writes for each
a line with the `values` kept for one image in floating-point tensors of more than one dimension, memory counted once,
parameters and statistics left out, and the `indices` (int64) beside them.
"""

import json
import sys
import types

import torch
from torch import nn

BATCH = 2


def build(code):
    module = types.ModuleType("written")
    exec(compile(code, "<written>", "exec"), module.__dict__)
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, nn.Module) and value.__module__ == "written"
    ]
    return classes[-1]()


for job in json.load(sys.stdin):
    network = build(job["code"]).train()
    own = {tensor.data_ptr() for tensor in [*network.parameters(), *network.buffers()]}
    kept = {}

    def keep(tensor):
        storage = tensor.storage()
        if storage.data_ptr() not in own:
            # Holding the tensor keeps its address from being given to another.
            kept[storage.data_ptr()] = (storage.nbytes(), tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        outputs = network(torch.randn(BATCH, *job["input"]))
    values = sum(size for size, tensor in kept.values() if tensor.is_floating_point() and tensor.dim() > 1)
    indices = sum(size for size, tensor in kept.values() if tensor.dtype == torch.int64)
    print(json.dumps({"values": values / 4 / BATCH, "indices": indices / 8 / BATCH}))
