"""Which arithmetic a device does fastest."""

import torch


def has_fast_bfloat16(device):
    """Return whether `device` multiplies bfloat16 matrices faster than float32 ones.

    bfloat16 keeps float32's 8 bits of exponent and 8 of its 24 bits of mantissa. A CPU multiplies
    it directly with AVX512-BF16 or AMX; without them it would have to be converted first.
    """
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return device.type == "cpu" and (
        torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    )


def arithmetic(settings, device):
    """Return the context in which the network computes: bfloat16 where asked for and fast.

    Weights, gradients, batch norm's statistics and the loss stay float32 (`torch.autocast`).
    """
    wanted = settings.precision == "bfloat16" and has_fast_bfloat16(device)
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=wanted)
