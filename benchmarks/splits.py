"""What a random split and one by things say of the same network, for ten splits.

    .venv/bin/python benchmarks/splits.py

Writes cnnedu/training/splits.json, which lesson 18 draws. All pictures are generated.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from cnnedu.data.folders import load_folder
from cnnedu.data.found_objects import object_of, write_found_objects
from cnnedu.data.splits import split_by_group
from cnnedu.models.normalise import normalise
from cnnedu.models.small import small_network, teach

OUT = Path(__file__).parent.parent / "cnnedu/training/splits.json"


def accuracy(found, aside):
    """Teach a network on what is not set aside; return its accuracy on the rest."""
    mean, std = ((found.x[~aside] / 255).mean((0, 2, 3)), (found.x[~aside] / 255).std((0, 2, 3)))
    x = normalise(torch.from_numpy(found.x), mean.tolist(), std.tolist())
    y = torch.from_numpy(found.y)
    held_out = x[aside], y[aside]
    network = teach(lambda: small_network(3), (x[~aside], y[~aside]), held_out)
    with torch.no_grad():
        said = network(held_out[0]).argmax(1)
    return round((said == held_out[1]).float().mean().item(), 4)


def main():
    torch.set_num_threads(1)
    with TemporaryDirectory() as folder:
        write_found_objects(folder)
        found = load_folder(folder)
    things = np.array([object_of(file) for file in found.files])
    result = {"pictures at random": [], "whole things": []}
    for seed in range(10):
        rng = np.random.default_rng(seed)
        by_thing = split_by_group(things, rng.permutation(np.unique(things)), 0.2)
        at_random = rng.permutation(len(things)) < 0.2 * len(things)
        result["pictures at random"].append(accuracy(found, at_random))
        result["whole things"].append(accuracy(found, by_thing))
        print(seed, *(row[-1] for row in result.values()), flush=True)
    OUT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"benchmark": "splits", "rows": result}))


if __name__ == "__main__":
    main()
