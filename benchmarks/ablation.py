"""What each ingredient of the recipe `fast` gives: it is left out, or another put in.

    CNNEDU_DATA=… python benchmarks/ablation.py [--seeds 3] [--save]

With --save the result replaces that in `cnnedu/training/measured.json`, which lesson 13 shows. The
figures are accuracies on a tenth of the training pictures, which is not learnt from: the test set
is not for choosing.
"""

import argparse
import json
import statistics
import tempfile

from time_to_accuracy import run

from cnnedu.training.measured import STORED, save_parts

HELD_OUT = "held_out=0.1"
CHANGES = {
    "the recipe": [],
    "first filters learnt, not whitened": ["whitened=False"],
    "Nesterov's SGD, not Muon": ["optimizer=nesterov", "learning_rate=0.73", "momentum=0.85"],
    "no label smoothing": ["label_smoothing=0.0"],
    "flips at random, not in turns": ["flip=random"],
    "no flips": ["flip=never"],
    "no shifts": ["shift=0"],
    "all pictures of 32×32": ["sizes=((32, 1),)"],
    "no average of weights": ["average=0.0"],
    "one view in the test": ["views=1"],
    "float32": ["precision=float32"],
    "with cut-out": ["cutout=8"],
    "with warm-up": ["warm_up=0.2"],
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--save", action="store_true")
    wanted = parser.parse_args()
    rows = {name: [] for name in CHANGES}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(wanted.seeds):
            for number, (name, changes) in enumerate(CHANGES.items()):
                options = [word for change in (HELD_OUT, *changes) for word in ("--set", change)]
                rows[name].append(run("fast", seed, f"{folder}/{number}", *options)["epochs"][-1])
                last = rows[name][-1]
                print(
                    f"{name:<36}seed {seed}{last['validation_accuracy']:>9.2%}"
                    f"{last['seconds']:>8.1f} s",
                    flush=True,
                )
    print(f"\n{'':<36}{'validation':>12}{'spread':>9}{'time':>9}")
    for name, lasts in rows.items():
        found = [last["validation_accuracy"] for last in lasts]
        spread = statistics.stdev(found) if len(found) > 1 else 0.0
        seconds = statistics.median(last["seconds"] for last in lasts)
        print(f"{name:<36}{statistics.mean(found):>12.2%}{spread:>9.2%}{seconds:>7.1f} s")
    print(json.dumps({"benchmark": "ablation", "changes": CHANGES, "rows": rows}))
    if wanted.save:
        save_parts(STORED, {"ablation": rows})


if __name__ == "__main__":
    main()
