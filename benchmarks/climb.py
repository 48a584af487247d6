"""From a plain training to the recipe `fast`: each rung adds one ingredient to the one before.

    CNNEDU_DATA=… python benchmarks/climb.py [--seeds 0 1 2] [--save]

With --save the result replaces that in `cnnedu/training/measured.json`, which lesson 13 shows. The
figures are accuracies on a tenth of the training pictures, as in `ablation.py`.
"""

import argparse
import json
import statistics
import tempfile

from ablation import last_epoch

from cnnedu.training.measured import STORED, save_parts

PLAIN = {
    "precision": "float32",
    "flip": "never",
    "shift": 0,
    "label_smoothing": 0.0,
    "whitened": False,
    "optimizer": "nesterov",
    "learning_rate": 0.73,
    "momentum": 0.85,
    "average": 0.0,
    "sizes": ((32, 1),),
    "views": 1,
}
# What each rung no longer changes: from there on the recipe's own value holds.
RUNGS = {
    "the network and its batches, plain": [],
    "+ bfloat16": ["precision"],
    "+ flips in turns": ["flip"],
    "+ shifts": ["shift"],
    "+ label smoothing": ["label_smoothing"],
    "+ whitened first filters": ["whitened"],
    "+ Muon": ["optimizer", "learning_rate", "momentum"],
    "+ average of weights": ["average"],
    "+ small pictures first": ["sizes"],
    "+ six views: the recipe": ["views"],
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--save", action="store_true")
    wanted = parser.parse_args()
    left, rows = dict(PLAIN), {}
    for rung, added in RUNGS.items():
        left = {name: value for name, value in left.items() if name not in added}
        changes = [f"{name}={value}" for name, value in left.items()]
        rows[rung] = []
        for seed in wanted.seeds:
            with tempfile.TemporaryDirectory() as folder:
                rows[rung].append(last_epoch(seed, changes, folder))
        found = [last["validation_accuracy"] for last in rows[rung]]
        seconds = statistics.median(last["seconds"] for last in rows[rung])
        print(f"{rung:<36}{statistics.mean(found):>9.2%}{seconds:>8.1f} s", flush=True)
    print(json.dumps({"benchmark": "climb", "rows": rows}))
    if wanted.save:
        save_parts(STORED, {"climb": rows})


if __name__ == "__main__":
    main()
