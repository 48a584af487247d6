"""Measure how networks fail for lesson 15; print it as table and JSON.

    CNNEDU_DATA=… python benchmarks/failures.py [--save] [PART …]

`attack` and `distortions` judge the pretrained networks on 1,000 test pictures of CIFAR-10,
`shapes` teaches six small networks generated shapes, `answers` keeps logits. With --save the parts
measured replace those in `cnnedu/training/failures.json` and `failures.npz`. All in all some five
minutes on one CPU core.
"""

import argparse
import json

import numpy as np
import torch

from cnnedu.data import cifar10
from cnnedu.experiments.l15_failures import ANSWERS, PARTS, STORED, measure_answers
from cnnedu.experiments.store import save_parts
from cnnedu.explain.calibration import best_temperature, expected_calibration_error
from cnnedu.kernels import softmax


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", help=", ".join([*PARTS, "answers"]))
    parser.add_argument("--save", action="store_true")
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    data, found = cifar10.load(), {}
    for name in wanted.parts or [*PARTS, "answers"]:
        if name == "answers":
            found[name] = _answers(data, wanted.save)
        else:
            found[name] = PARTS[name](data)
        print(f"{name}\n    {json.dumps(found[name])}", flush=True)
    if wanted.save:
        save_parts(STORED, {name: found[name] for name in found if name in PARTS})
    print(json.dumps({"benchmark": "failures"} | found))


def _answers(data, save):
    """Measure logits, keep them if asked, and return the calibration errors."""
    found = measure_answers(data)
    if save:
        np.savez_compressed(str(ANSWERS), **found)
    report = {}
    for name in ("fast", "classic"):
        logits = {part: found[f"{name} {part}"].astype(float) for part in ("kept", "test")}
        temperature = best_temperature(logits["kept"], found["y kept"])
        before, after = (
            expected_calibration_error(softmax(logits["test"] / t), found["y test"])
            for t in (1, temperature)
        )
        report[name] = {"before": before, "temperature": temperature, "after": after}
    return report


if __name__ == "__main__":
    main()
