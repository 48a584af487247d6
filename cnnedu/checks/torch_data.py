"""Turn a student's PyTorch data set into functions on arrays, which checks compare."""

import numpy as np
import torch
from torch.overrides import TorchFunctionMode
from torch.utils.data import default_collate

from cnnedu.checks.compare import CheckFailed
from cnnedu.checks.torch_networks import quiet

ALL_AT_ONCE = (
    "you convert all pictures at once, which costs time and memory: convert `pictures[i]` alone, "
    "when it is asked for"
)


def dataset_functions(kind):
    """Return two functions of (pictures, labels) that read a class of data sets.

    Returns:
        pictures_of_data: all pictures in one batch, float32.
        labels_of_data: all labels in one batch, whole numbers.
    """

    def batch(pictures, labels):
        watched = pictures.view(_Pictures)
        watched.whole = pictures.size if len(pictures) > 1 else np.inf
        with _Conversions(watched.whole):
            data = kind(watched, labels)
            if len(data) != len(labels):
                raise CheckFailed(
                    f"`len` should give the number of pictures, {len(labels)}, not {len(data)}"
                )
            items = [_pair(data[i]) for i in reversed(range(len(labels)))]  # in any order
        return default_collate(items[::-1])

    def pictures_of_data(pictures, labels):
        found = batch(pictures, labels)[0]
        if found.dtype != torch.float32:
            raise CheckFailed(f"the pictures should be float32, but they are {found.dtype}")
        return found.numpy()

    def labels_of_data(pictures, labels):
        found = batch(pictures, labels)[1]
        if found.dtype != torch.int64:
            raise CheckFailed(f"the labels should be whole numbers, but they are {found.dtype}")
        return found.numpy()

    return quiet(pictures_of_data), quiet(labels_of_data)


class _Pictures(np.ndarray):
    """An array of pictures that refuses to become as many floats."""

    def __array_finalize__(self, parent):
        self.whole = getattr(parent, "whole", np.inf)
        if self.dtype.kind == "f" and self.size >= self.whole:
            raise CheckFailed(ALL_AT_ONCE)


class _Conversions(TorchFunctionMode):
    """Refuses float tensors that hold as many numbers as all pictures."""

    def __init__(self, numbers):
        super().__init__()
        self.whole = numbers

    def __torch_function__(self, function, types, args=(), kwargs=None):
        found = function(*args, **(kwargs or {}))
        if isinstance(found, torch.Tensor) and found.is_floating_point():
            if found.numel() >= self.whole:
                raise CheckFailed(ALL_AT_ONCE)
        return found


def _pair(item):
    if not isinstance(item, (tuple, list)) or len(item) != 2:
        raise CheckFailed("item `i` should be a pair: the picture and its label")
    if not isinstance(item[0], torch.Tensor):
        raise CheckFailed(
            "the picture should be a tensor, such as `torch.from_numpy` makes of an array"
        )
    return item
