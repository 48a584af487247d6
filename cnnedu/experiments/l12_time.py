"""Lesson 12: how long a depthwise separable convolution takes, and what else a timing measures.

Measure on a machine that does nothing else.
"""

import itertools
import time
from functools import partial

import torch
from torch import nn

from cnnedu.experiments.store import Experiment, Part

SIZES = (64, 56), (256, 28), (512, 14)  # channels, pixels along a side
BATCHES = 1, 16
LAYOUTS = {"channels first": torch.contiguous_format, "channels last": torch.channels_last}
ROUNDS, SECONDS = 20, 4  # as many rounds as fit into the seconds, but at least so many


def layers(channels):
    """Return an ordinary 3×3 convolution and the two parts that replace it."""
    keep = {"padding": 1, "bias": False}
    return {
        "3×3": nn.Conv2d(channels, channels, 3, **keep),
        "depthwise": nn.Conv2d(channels, channels, 3, groups=channels, **keep),
        "1×1": nn.Conv2d(channels, channels, 1, bias=False),
    }


def routine(layer, x):
    """Return the name of the routine that PyTorch chooses for this layer and these maps.

    >>> torch.set_num_threads(1)
    >>> routine(nn.Conv2d(8, 8, 3), torch.zeros(16, 8, 9, 9))
    'Mkldnn'
    """
    geometry = layer.stride, layer.padding, layer.dilation, False, (0, 0), layer.groups
    with torch.no_grad():
        chosen = torch._C._select_conv_backend(x, layer.weight, layer.bias, *geometry)
    return chosen.name


def best_times(calls, rounds=ROUNDS, seconds=SECONDS):
    """Call each function in turn, again and again; return the shortest time of each.

    It is the time of this thread: while the computer does something else, the clock stands still.

    Args:
        calls: {name: function without arguments}.
        rounds, seconds: go on for this many rounds and for this many seconds.

    Returns:
        {name: milliseconds}.
    """
    best, begin, done = dict.fromkeys(calls, float("inf")), time.thread_time(), 0
    for call in calls.values():  # the first call of a layer prepares what the others reuse
        call()
    while done < rounds or time.thread_time() - begin < seconds:
        for name, call in calls.items():
            start = time.thread_time()
            call()
            best[name] = min(best[name], 1e3 * (time.thread_time() - start))
        done += 1
    return best


def times(rounds=ROUNDS, seconds=SECONDS):
    """Time all layers in both layouts, for one picture and for a batch, on one core.

    Returns:
        A list of dicts: channels, side, batch, layout, and for each layer the milliseconds of its
        forward pass and the routine that ran.
    """
    found = []
    for (channels, side), batch, layout in itertools.product(SIZES, BATCHES, LAYOUTS):
        x = torch.randn(batch, channels, side, side).to(memory_format=LAYOUTS[layout])
        some = {k: v.to(memory_format=LAYOUTS[layout]) for k, v in layers(channels).items()}
        with torch.no_grad():
            calls = {name: partial(layer, x) for name, layer in some.items()}
            best = best_times(calls, rounds, seconds)
        row = {"channels": channels, "side": side, "batch": batch, "layout": layout}
        row["milliseconds"] = {name: float(f"{ms:.4g}") for name, ms in best.items()}
        row["routine"] = {name: routine(layer, x) for name, layer in some.items()}
        found.append(row)
    return found


figures = Experiment(
    "l12_time",
    "how long a depthwise separable convolution takes (measure on a quiet machine)",
    {"times": Part(times, minutes=1, needs_cifar10=False)},
)
