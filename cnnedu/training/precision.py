"""Which arithmetic a device does fastest."""

import time
from functools import cache

import torch

SIDE = 512  # of the matrices on trial: a few milliseconds each
TRIALS = 5


@cache
def has_fast_bfloat16(device):
    """Return whether `device` multiplies bfloat16 matrices faster than float32 ones.

    bfloat16 keeps float32's 8 bits of exponent and 8 of its 24 bits of mantissa. A CPU multiplies
    it directly with AVX512-BF16 or AMX; without them it would have to be converted first. Some
    have AVX512-BF16, and still take twice as long as for float32; so it is tried, once.
    """
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    has_instructions = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return device.type == "cpu" and has_instructions and gain_of_bfloat16() > 1


def gain_of_bfloat16():
    """Return how many times as fast one core multiplies bfloat16 matrices as float32 ones.

    Of each the best of some trials counts, in turns, and of these the time that the core worked
    for us: other work on the machine doesn't change the answer.
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
    """Return the precision to compute in: "bfloat16" where wanted and fast, else "float32"."""
    is_bfloat16 = wanted == "bfloat16" and has_fast_bfloat16(device)
    return "bfloat16" if is_bfloat16 else "float32"


def arithmetic(precision, device):
    """Return the context in which the network's products are computed in this precision.

    Weights, gradients, batch norm's statistics and the loss stay float32 (`torch.autocast`).
    """
    enabled = precision == "bfloat16"
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=enabled)
