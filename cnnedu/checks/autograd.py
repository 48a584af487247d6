"""The autograd of lesson 07b, and how a student's operations for it become functions on arrays.

A check compares arrays, and may send its inputs to another process. So a student's cell ends with
a line that makes such a function.
"""

import numpy as np

from cnnedu.checks.compare import CheckFailed


class Tensor:
    """An array, its gradient, and how it was made.

    Args:
        data: the array, or what makes one.
        parents: the tensors it was made from.
        rule: function from dout to one gradient for each parent, in their order.

    >>> a = Tensor([3.0])
    >>> (a * a + a).backward()
    >>> print(a.grad)
    [7.]
    """

    def __init__(self, data, parents=(), rule=None):
        self.data = np.asarray(data, dtype=float)
        self.grad = np.zeros_like(self.data)
        self.parents = parents
        self.rule = rule

    def __add__(self, other):
        return Tensor(self.data + other.data, (self, other), lambda dout: (dout, dout))

    def __mul__(self, other):
        return Tensor(
            self.data * other.data,
            (self, other),
            lambda dout: (dout * other.data, dout * self.data),
        )

    def backward(self):
        """Give every tensor that this one was made from its gradient."""
        nodes = in_order(self)
        for node in nodes:
            if node.rule:
                node.grad = np.zeros_like(node.data)
        self.grad = np.ones_like(self.data)
        for node in reversed(nodes):
            if node.rule:
                for parent, share in zip(node.parents, node.rule(node.grad), strict=True):
                    parent.grad = parent.grad + share


def in_order(result):
    """Return all tensors that `result` was made from, each after its parents."""
    found = []

    def visit(node):
        if node not in found:
            for parent in node.parents:
                visit(parent)
            found.append(node)

    visit(result)
    return found


def operation_function(operation):
    """Return a function that runs an operation forward and back.

    Args:
        operation: the student's function of tensors; returns a tensor.

    Returns:
        forward_and_back(dout, *arrays): the output and the gradient of each array, one after the
            other, all numbers in one row.
    """

    def forward_and_back(dout, *arrays):
        tensors = [Tensor(array) for array in arrays]
        out = operation(*tensors)
        name = getattr(operation, "__name__", "the operation")
        if not hasattr(out, "data") or not hasattr(out, "backward"):
            raise CheckFailed(f"`{name}` should return a `Tensor`")
        if np.shape(out.data) != dout.shape:
            raise CheckFailed(
                f"the output of `{name}` has shape {np.shape(out.data)}, expected {dout.shape}"
            )
        (out * Tensor(dout)).backward()
        for number, (tensor, array) in enumerate(zip(tensors, arrays, strict=True)):
            if np.shape(tensor.grad) != array.shape:
                raise CheckFailed(
                    f"`{name}`: the gradient of input number {number} has shape "
                    f"{np.shape(tensor.grad)}, but the input has {array.shape}"
                )
        parts = out.data, *(tensor.grad for tensor in tensors)
        return np.concatenate([np.ravel(part) for part in parts])

    return forward_and_back
