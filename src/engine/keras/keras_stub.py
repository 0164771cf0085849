"""A stand-in for Keras 3 that knows shapes and parameters alone, for machines without Keras.

Tensors have a shape and no values; a layer checks what it is given, adds its weights once, and gives a tensor of the
shape that Keras documents for it. Only what ConvAtlas writes is there.
"""

import sys
import types


class Tensor:
    def __init__(self, shape):
        self.shape = tuple(shape)

    def __getitem__(self, key):
        if not (isinstance(key, tuple) and len(key) == 2 and key[0] is Ellipsis):
            raise TypeError("only [..., a:b] is known")
        extent = len(range(*key[1].indices(self.shape[-1])))
        return Tensor(self.shape[:-1] + (extent,))

    def _with(self, other):
        return Tensor(broadcast(self.shape, getattr(other, "shape", ())))

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __lt__ = _with
    dtype = "float32"


def broadcast(a, b):
    if len(a) < len(b):
        a, b = b, a
    b = (1,) * (len(a) - len(b)) + tuple(b)
    shape = []
    for one, other in zip(a, b):
        if one != other and 1 not in (one, other):
            raise ValueError(f"shapes {a} and {b} do not go together")
        shape.append(other if one == 1 else one)
    return tuple(shape)


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def windows(extent, kernel, stride, padding, dilation=1):
    reach = dilation * (kernel - 1) + 1
    count = -(-extent // stride) if padding == "same" else (extent - reach) // stride + 1
    if count < 1:
        raise ValueError(f"a window of {reach} does not fit in {extent}")
    return count


def image(x):
    if len(x.shape) != 4:
        raise ValueError(f"expected an image, found {x.shape}")
    return x.shape


class Layer:
    made = []

    def __init__(self, name=None):
        self.name = name
        self.weights = []
        self.is_built = False
        # Layers inside a layer have no names.
        if name is not None:
            if "/" in name or any(layer.name == name for layer in Layer.made):
                raise ValueError(f"bad layer name {name}")
            Layer.made.append(self)

    def add_weight(self, shape, initializer=None, name=None, trainable=True):
        weight = Tensor(shape)
        if trainable:
            self.weights.append(weight)
        return weight

    def build(self, shape):
        pass

    def __call__(self, x):
        if not self.is_built:
            self.build(x[0].shape if isinstance(x, list) else x.shape)
            self.is_built = True
        return self.call(x)

    def call(self, x):
        return x


class Conv2D(Layer):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", dilation_rate=1, groups=1, use_bias=True, name=None
    ):
        super().__init__(name)
        self.filters, self.kernel, self.strides = filters, pair(kernel_size), pair(strides)
        self.padding, self.dilation, self.groups, self.use_bias = padding, pair(dilation_rate), groups, use_bias
        if padding not in ("valid", "same"):
            raise ValueError(f"padding {padding}")
        if max(self.strides) > 1 and max(self.dilation) > 1:
            raise ValueError("strides and dilation exclude each other")

    def build(self, shape):
        if shape[-1] % self.groups or self.filters % self.groups:
            raise ValueError("groups do not divide the channels")
        self.add_weight((*self.kernel, shape[-1] // self.groups, self.filters))
        if self.use_bias:
            self.add_weight((self.filters,))

    def call(self, x):
        n, height, width, _ = image(x)
        rows = windows(height, self.kernel[0], self.strides[0], self.padding, self.dilation[0])
        columns = windows(width, self.kernel[1], self.strides[1], self.padding, self.dilation[1])
        return Tensor((n, rows, columns, self.filters))


class Pooling2D(Layer):
    def __init__(self, pool_size, strides, padding="valid", name=None):
        super().__init__(name)
        self.size, self.strides, self.padding = pair(pool_size), pair(strides), padding

    def call(self, x):
        n, height, width, channels = image(x)
        rows = windows(height, self.size[0], self.strides[0], self.padding)
        columns = windows(width, self.size[1], self.strides[1], self.padding)
        return Tensor((n, rows, columns, channels))


class GlobalAveragePooling2D(Layer):
    def __init__(self, keepdims=False, name=None):
        super().__init__(name)
        self.keepdims = keepdims

    def call(self, x):
        n, _, _, channels = image(x)
        return Tensor((n, 1, 1, channels) if self.keepdims else (n, channels))


class Dense(Layer):
    def __init__(self, units, use_bias=True, name=None):
        super().__init__(name)
        self.units, self.use_bias = units, use_bias

    def build(self, shape):
        self.add_weight((shape[-1], self.units))
        if self.use_bias:
            self.add_weight((self.units,))

    def call(self, x):
        return Tensor(x.shape[:-1] + (self.units,))


class BatchNormalization(Layer):
    def __init__(self, momentum, epsilon, name=None):
        super().__init__(name)

    def build(self, shape):
        for trainable in (True, True, False, False):
            self.add_weight((shape[-1],), trainable=trainable)


class Flatten(Layer):
    def call(self, x):
        product = 1
        for extent in x.shape[1:]:
            product *= extent
        return Tensor((x.shape[0], product))


class Permute(Layer):
    def __init__(self, dims, name=None):
        super().__init__(name)
        self.dims = dims

    def call(self, x):
        return Tensor((x.shape[0], *(x.shape[axis] for axis in self.dims)))


class ZeroPadding2D(Layer):
    def __init__(self, padding, name=None):
        super().__init__(name)
        (self.vertical, self.horizontal) = (pair(side) for side in pair(padding))

    def call(self, x):
        n, height, width, channels = image(x)
        return Tensor((n, height + sum(self.vertical), width + sum(self.horizontal), channels))


class Merge(Layer):
    def call(self, inputs):
        if len(inputs) < 2:
            raise ValueError("a merge of one")
        if any(x.shape != inputs[0].shape for x in inputs):
            raise ValueError("shapes differ")
        return inputs[0]


class Concatenate(Layer):
    def call(self, inputs):
        if any(x.shape[:-1] != inputs[0].shape[:-1] for x in inputs):
            raise ValueError("shapes differ")
        return Tensor(inputs[0].shape[:-1] + (sum(x.shape[-1] for x in inputs),))


class Plain(Layer):
    def __init__(self, *_arguments, name=None):
        super().__init__(name)


class Model:
    def __init__(self, inputs, outputs, name=None):
        self.layers = list(Layer.made)
        self.outputs = outputs if isinstance(outputs, list) else [outputs]
        self.trainable_weights = [weight for layer in self.layers for weight in layer.weights]


def pad(x, around, constant_values=0):
    if len(around) != len(x.shape):
        raise ValueError("padding of another rank")
    if any(side < 0 for sides in around for side in sides):
        raise ValueError("negative padding")
    return Tensor(extent + sum(sides) for extent, sides in zip(x.shape, around))


def conv(x, kernel, strides=1, dilation_rate=1):
    n, height, width, channels = image(x)
    if channels != kernel.shape[2]:
        raise ValueError("channels differ")
    rows = windows(height, kernel.shape[0], pair(strides)[0], "valid", pair(dilation_rate)[0])
    columns = windows(width, kernel.shape[1], pair(strides)[1], "valid", pair(dilation_rate)[1])
    return Tensor((n, rows, columns, kernel.shape[3]))


def shape_of(values):
    return (len(values), *shape_of(values[0])) if isinstance(values, list) else ()


def einsum(subscripts, *operands):
    inputs, output = subscripts.split("->")
    extents = {}
    for letters, operand in zip(inputs.split(","), operands):
        if len(letters) != len(operand.shape):
            raise ValueError(f"{letters} is no tensor of shape {operand.shape}")
        for letter, extent in zip(letters, operand.shape):
            if extents.setdefault(letter, extent) != extent:
                raise ValueError(f"{letter} is {extents[letter]} and {extent}")
    return Tensor(extents[letter] for letter in output)


def reduced(x, axis):
    return Tensor(extent for index, extent in enumerate(x.shape) if index != axis)


def install():
    """Puts the stand-in where `import keras` finds it."""
    keras = types.ModuleType("keras")
    keras.layers = types.ModuleType("keras.layers")
    keras.ops = types.ModuleType("keras.ops")
    same = Plain
    for name, layer in {
        "Layer": Layer,
        "Conv2D": Conv2D,
        "MaxPooling2D": Pooling2D,
        "AveragePooling2D": Pooling2D,
        "GlobalAveragePooling2D": GlobalAveragePooling2D,
        "Dense": Dense,
        "BatchNormalization": BatchNormalization,
        "Flatten": Flatten,
        "Permute": Permute,
        "ZeroPadding2D": ZeroPadding2D,
        "Add": type("Add", (Merge,), {}),
        "Average": type("Average", (Merge,), {}),
        "Concatenate": Concatenate,
        "ReLU": same,
        "Activation": same,
        "Softmax": same,
        "Dropout": same,
        "Identity": same,
    }.items():
        setattr(keras.layers, name, layer)
    for name, function in {
        "pad": pad,
        "conv": conv,
        "einsum": einsum,
        "square": lambda x: x,
        "tanh": lambda x: x,
        "power": lambda x, _exponent: x,
        "cast": lambda x, _dtype: x,
        "ones": lambda shape: Tensor(shape),
        "convert_to_tensor": lambda values, dtype=None: Tensor(shape_of(values)),
        "transpose": lambda x, axes: Tensor(x.shape[axis] for axis in axes),
        "scatter": lambda _indices, _values, shape: Tensor(shape),
        "expand_dims": lambda x, axis: Tensor(x.shape[:axis] + (1,) + x.shape[axis:]),
        "sum": reduced,
    }.items():
        setattr(keras.ops, name, function)
    keras.random = types.SimpleNamespace(
        SeedGenerator=lambda: None, uniform=lambda shape, seed=None: Tensor(shape)
    )
    keras.initializers = types.SimpleNamespace(Constant=lambda value: value)
    keras.backend = types.SimpleNamespace(clear_session=Layer.made.clear)
    keras.Input = lambda shape: Tensor((1, *shape))
    keras.Model = Model
    sys.modules.update({"keras": keras, "keras.layers": keras.layers, "keras.ops": keras.ops})
