"""The precision that a device computes fastest in."""

import time
from functools import cache

import torch

SIDE = 512  # of the matrices to time, which take a few milliseconds each
TRIALS = 5


@cache
def has_fast_bfloat16(device):
    """Return whether `device` multiplies bfloat16 matrices faster than float32 ones.

    bfloat16 keeps float32's 8 bits of exponent and 8 of its 24 bits of mantissa. A CPU with
    AVX512-BF16 or AMX multiplies it directly; any other would have to convert it first. But some
    CPUs with AVX512-BF16 take twice as long as for float32, so the first call measures it.
    """
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    has_instructions = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return device.type == "cpu" and has_instructions and gain_of_bfloat16() > 1


def gain_of_bfloat16():
    """Return how many times faster one core multiplies bfloat16 matrices than float32 ones.

    Each dtype is timed several times, in turn, and its best time counts. It is the time that the
    core spends on this thread, so other work on the machine doesn't change the answer.
    """
    threads, best = torch.get_num_threads(), {}
    torch.set_num_threads(1)
    for _ in range(TRIALS):
        for dtype in (torch.float32, torch.bfloat16):
            matrix = torch.ones(SIDE, SIDE, dtype=dtype)
            begin = time.thread_time()
            matrix @ matrix
            seconds = time.thread_time() - begin
            best[dtype] = min(seconds, best.get(dtype, seconds))
    torch.set_num_threads(threads)
    return best[torch.float32] / best[torch.bfloat16]


def precision_for(wanted, device):
    """Return the precision to compute in: "bfloat16" if it is wanted and faster, else "float32"."""
    is_bfloat16 = wanted == "bfloat16" and has_fast_bfloat16(device)
    return "bfloat16" if is_bfloat16 else "float32"


def arithmetic(precision, device):
    """Return the context in which matrix products and convolutions have this precision.

    Weights, gradients, batch norm's statistics and the loss stay float32 (`torch.autocast`).
    """
    enabled = precision == "bfloat16"
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=enabled)
