"""Train the 64 networks of lesson 10; print how good they are, as table and JSON.

    python benchmarks/candidates.py [--save]

With --save their answers replace `cnnedu/training/candidates.npz`. Some four minutes on one core.
"""

import json
import sys
import time

import numpy as np
import torch

from cnnedu.experiments.l10_candidates import STORED, train_candidates


def main():
    torch.set_num_threads(1)  # for networks this small one core is fastest
    begin = time.perf_counter()
    right = train_candidates()
    accuracy = 100 * right.mean(axis=1)
    result = {
        "benchmark": "candidates",
        "networks": len(right),
        "seconds": round(time.perf_counter() - begin),
        "mean_accuracy": round(float(accuracy.mean()), 1),
        "worst": round(float(accuracy.min()), 1),
        "best": round(float(accuracy.max()), 1),
        "standard_deviation": round(float(accuracy.std()), 2),
    }
    for name, value in result.items():
        print(f"  {name:<20}{value:>12}")
    print(json.dumps(result))
    if "--save" in sys.argv:
        np.savez_compressed(str(STORED), right=np.packbits(right, axis=1))


if __name__ == "__main__":
    main()
