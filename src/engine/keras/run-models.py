"""Builds written Keras models for code.test.ts: a list of jobs as JSON on standard input, one result a line.

With Keras installed (asked by `--which`) the models are Keras's own, and a job that has data is run: `data` is a file of float32 values,
`input` the input's shape (channels, height, width), `first` where in the file the input begins, and `tensors` lists
[layer, tensor, shape, first value] of every tensor in the order of ConvAtlas. Without Keras, `keras_stub.py` beside
this file stands in: it computes shapes and counts parameters by rules of its own, written from Keras's documentation.
"""

import ast
import importlib.util
import json
import os
import sys

for backend in ("tensorflow", "jax", "torch"):
    if importlib.util.find_spec(backend):
        os.environ.setdefault("KERAS_BACKEND", backend)
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
try:
    if os.environ.get("KERAS_STUB"):
        raise ImportError
    import keras

    is_stub = False
except ImportError:
    import keras_stub

    keras_stub.install()
    import keras

    is_stub = True

if not is_stub:
    # What is counted or loaded needs no random first values, which take most of the time.
    def zeros(_self, shape, dtype=None, **_options):
        return keras.ops.zeros(shape, dtype=dtype or "float32")

    keras.initializers.GlorotUniform.__call__ = zeros


def build(code):
    tree = ast.parse(code)
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    scope = {}
    exec(compile(tree, "<written>", "exec"), scope)
    return scope[functions[-1]]()


def size(shape):
    product = 1
    for extent in shape:
        product *= extent
    return product


def channels_last(value):
    return value.transpose(1, 2, 0) if value.ndim == 3 else value


def evaluate(model, job):
    import numpy

    with open(job["data"], "rb") as file:
        values = numpy.frombuffer(file.read(), dtype=numpy.float32)

    def take(shape, first):
        return values[first : first + size(shape)].reshape(shape)

    for layer, tensors in job["tensors"]:
        own = []
        for name, shape, first in tensors:
            value = take(shape, first)
            kind = type(model.get_layer(layer)).__name__
            if name == "weight" and kind in ("Conv2D", "Dense"):
                value = value.transpose(2, 3, 1, 0) if value.ndim == 4 else value.T
            own.append(value.reshape(-1) if kind == "Subsample" else value)
        model.get_layer(layer).set_weights(own)
    x = channels_last(take(job["input"], job["first"]))[None]
    outputs = model(x, training=False)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    made = [keras.ops.convert_to_numpy(output)[0] for output in outputs]
    return [(y.transpose(2, 0, 1) if y.ndim == 3 else y).ravel().tolist() for y in made]


if "--which" in sys.argv:
    print("stub" if is_stub else "keras")
    sys.exit()

for job in json.load(sys.stdin):
    try:
        model = build(job["code"])
        outputs = model.outputs
        result = {
            "stub": is_stub,
            "parameters": sum(size(weight.shape) for weight in model.trainable_weights),
            "layers": [layer.name for layer in model.layers],
            "shapes": [list(output.shape[1:]) for output in outputs],
        }
        if "data" in job and not is_stub:
            result["outputs"] = evaluate(model, job)
        print(json.dumps(result), flush=True)
        keras.backend.clear_session()
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
