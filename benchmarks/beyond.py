"""Train and measure lesson 17's networks: U-Net, two detectors, an embedding of faces.

    .venv/bin/python benchmarks/beyond.py [--save] [NAME …]

NAME is unet, no_skips, one_stage, two_stage or embedding; all by default. With --save the weights
go to cnnedu/models/pretrained/ and the figures to cnnedu/training/beyond.json; the model card
beyond.md beside the weights is written from them by hand. Runs on one thread.
"""

import json
import sys
import time

import torch

from cnnedu.data.shapes import CLASSES
from cnnedu.experiments import l17_beyond as beyond
from cnnedu.models.stored import BUILDERS, FOLDER, save_stored
from cnnedu.models.unet import UNet

NAMES = [*BUILDERS, "no_skips"]


def show(epoch, epochs, loss):
    print(f"  epoch {epoch} of {epochs}: loss {loss:.3f}", flush=True)


def run(name, data, held_out, save):
    """Train, round to float16, measure; return the figures."""
    build, kind = BUILDERS.get(name), name
    if name == "no_skips":
        kind, build = "unet", lambda: UNet(1 + len(CLASSES), skips=False)
    start = time.perf_counter()
    network = beyond.train(kind, data, build, show)
    minutes = (time.perf_counter() - start) / 60
    network.half().float()  # as the file holds them
    figures = {
        key: round(value, 4) for key, value in beyond.measure(kind, network, held_out).items()
    }
    parameters = sum(p.numel() for p in network.parameters())
    print(f"{name:<10}{parameters:>9,} parameters {minutes:5.1f} min ", figures, flush=True)
    about = {"network": name, "parameters": parameters, "command": f"benchmarks/beyond.py {name}"}
    if save and name in BUILDERS:
        save_stored(network, str(FOLDER / f"{name}.safetensors"), about | figures)
    return figures | {"parameters": parameters, "minutes": round(minutes, 1)}


def main(*arguments):
    torch.set_num_threads(1)
    save = "--save" in arguments
    names = [name for name in arguments if name != "--save"] or NAMES
    scenes = any(name != "embedding" for name in names)
    data = beyond.training_scenes() if scenes else None
    held_out = beyond.held_out_scenes() if scenes else None
    figures = {}
    for name in names:
        figures[name] = run(name, data, held_out, save)
        if save:
            known = beyond.results() if beyond.RESULTS.exists() else {}
            beyond.RESULTS.write_text(
                json.dumps(known | figures, indent=1) + "\n", encoding="utf-8"
            )
    print(json.dumps({"benchmark": "beyond", **figures}))


if __name__ == "__main__":
    main(*sys.argv[1:])
