"""Plain and residual networks of 8, 20 and 56 layers on CIFAR-10, shrunk to 16×16 pixels.

    CNNEDU_DATA=… .venv/bin/python benchmarks/depth.py [STEPS] [SEEDS]

Writes cnnedu/training/depth.json, which lesson 12 draws. With 300 steps and 3 seeds it takes about
a quarter of an hour on one core.
"""

import json
import sys

import torch

from cnnedu.data import cifar10
from cnnedu.experiments import l12_depth as depth


def show(run):
    last = sum(run["loss"][-5:]) / 5
    print(
        f"{'residual' if run['shortcuts'] else 'plain':<9}{run['depth']:>3}  seed {run['seed']}  "
        f"loss of the last 50 steps {last:.3f}  held out {run['accuracy']:.1%}",
        flush=True,
    )


def main(steps=300, seeds=3):
    torch.set_num_threads(1)
    result = depth.measure(cifar10.load(), steps, seeds, show)
    depth.RESULTS.write_text(json.dumps(result) + "\n", encoding="utf-8")
    print(json.dumps({"benchmark": "depth", "runs": len(result["runs"]), "steps": steps}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
