"""Compute what frozen layers make of pictures once, and keep it in files: training starts there."""

import torch
import torch.nn.functional as F
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from cnnedu.data.whole_file import write_whole
from cnnedu.nn import evaluating

VIEWS = 4  # of each picture to learn from: whole, mirrored, and two crops, one of them mirrored
SMALLEST = 0.7  # of the picture's side: the smallest crop
IN_A_FILE, AT_ONCE = 64, 16  # views


def view(x, number, kind, seed):
    """Return one view of a picture.

    Args:
        x: picture (3, H, H), uint8 tensor.
        number: of the picture; it decides the crops, together with `seed`.
        kind: 0 whole; 1 mirrored; 2 a crop, enlarged to H×H; 3 another crop, mirrored.

    >>> view(torch.tensor([[[1, 2], [3, 4]]], dtype=torch.uint8), 0, kind=1, seed=0).tolist()
    [[[2, 1], [4, 3]]]
    """
    size = x.shape[1]
    if kind >= 2:
        generator = torch.Generator().manual_seed((seed * VIEWS + kind) * 1_000_003 + number)
        share = SMALLEST + (1 - SMALLEST) * torch.rand((), generator=generator).item()
        side = round(share * size)
        top, left = torch.randint(size - side + 1, (2,), generator=generator).tolist()
        crop = x[None, :, top : top + side, left : left + side].float()
        x = F.interpolate(crop, size, mode="bicubic")[0].round().clamp(0, 255).to(torch.uint8)
    return x.flip(2) if kind % 2 else x


def maps_of(body, prepare, x, views, seed, stored, progress=None):
    """Return the maps that frozen layers make of views of pictures, from files where they exist.

    Args:
        body: the frozen layers, a module.
        prepare: function from uint8 pictures (N, 3, H, H) to the body's input.
        x: pictures (N, 3, H, H), uint8 tensor.
        views: V pairs (number of a picture, kind of view).
        seed: for the crops.
        stored: path from which the names of the files are made; it must tell these pictures,
            views and layers from all others. What is missing or damaged is computed again.
        progress: function that is told how many views more are there; or None.

    Returns:
        Tensor (V, C, h, w), float16, which halves the memory.
    """
    parts = []
    for start in range(0, len(views), IN_A_FILE):
        some = views[start : start + IN_A_FILE]
        path = stored.with_name(f"{stored.name}-{start:06d}.safetensors")
        maps = _read(path, len(some))
        if maps is None:
            batch = torch.stack([view(x[number], number, kind, seed) for number, kind in some])
            with torch.no_grad(), evaluating(body):
                made = [body(prepare(part)) for part in batch.split(AT_ONCE)]
            maps = torch.cat(made).half()
            write_whole(path, save({"maps": maps}))
        parts.append(maps)
        if progress:
            progress(len(some))
    return torch.cat(parts)


def _read(path, count):
    """Return the maps in a file, or None if it is missing or damaged."""
    try:
        with safe_open(path, framework="pt") as file:
            maps = file.get_tensor("maps")
    except (OSError, SafetensorError):
        return None
    return maps if len(maps) == count and maps.isfinite().all() else None
