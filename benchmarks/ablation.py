"""What each ingredient of the recipe `fast` gives: it is left out, or another put in.

    CNNEDU_DATA=… python benchmarks/ablation.py [--seeds 0 1 2] [--save]

With --save the runs of these seeds replace those in `cnnedu/training/measured.json`, which lesson
13 shows. The figures are accuracies on a tenth of the training pictures, which is not learnt from:
the test set is not for choosing.
"""

import argparse
import json
import statistics
import tempfile

import torch
from safetensors.torch import load_file
from time_to_accuracy import run

from cnnedu.data import cifar10
from cnnedu.experiments.store import STORED, measured, save_parts
from cnnedu.models.whitened import fast
from cnnedu.training.evaluate import evaluate

HELD_OUT = 0.1
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
    "float32": ["precision=float32"],
    "with cut-out": ["cutout=8"],
    "with warm-up": ["warm_up=0.2"],
    "a third left out, 12 epochs": ["left_out=0.3334", "epochs=12"],  # as many steps
}
ONE_VIEW = "one view in the test"  # needs no run of its own


def last_epoch(recipe, seed, changes, folder):
    """Train with some settings changed; return the last row of the log, and the seed."""
    words = [f"held_out={HELD_OUT}", *changes]
    options = [option for word in words for option in ("--set", word)]
    return {"seed": seed} | run(recipe, seed, folder, *options)["epochs"][-1]


def accuracy_of_one_view(weights):
    """Return the validation accuracy of a trained network that looks at each picture once."""
    network = fast()
    network.load_state_dict(load_file(weights))
    data = cifar10.load()
    kept = int(len(data.y_train) * HELD_OUT)
    x, y = (torch.from_numpy(part[-kept:]) for part in (data.x_train, data.y_train))
    return evaluate(network, x, y, cifar10.MEAN, cifar10.STD)[1]


def train_all(variants, seeds):
    """Train every variant with every seed, seed after seed.

    Args:
        variants: {name: (recipe, words NAME=VALUE)}. `fast` without words is also asked with one
            view; what came of that has the name ONE_VIEW.
        seeds: list of whole numbers.

    Returns:
        {name: the last rows of the logs, one for each seed}.
    """
    rows = {}

    def keep(name, last):
        rows.setdefault(name, []).append(last)
        accuracy, seconds = last["validation_accuracy"], last["seconds"]
        print(f"{name:<36}seed {last['seed']}{accuracy:>9.2%}{seconds:>8.1f} s", flush=True)

    for seed in seeds:
        for name, (recipe, changes) in variants.items():
            with tempfile.TemporaryDirectory() as folder:
                last = last_epoch(recipe, seed, changes, folder)
                if recipe == "fast" and not changes:
                    one = accuracy_of_one_view(f"{folder}/fast-{seed}/model.safetensors")
                    keep(ONE_VIEW, last | {"validation_accuracy": one})
                keep(name, last)
    return rows


def report(part, rows, wanted):
    """Print the rows' means; with --save put them among what is stored of other seeds."""
    print(f"\n{'':<36}{'validation':>12}{'spread':>9}{'time':>9}")
    for name, lasts in rows.items():
        found = [last["validation_accuracy"] for last in lasts]
        spread = f"{statistics.stdev(found):.2%}" if len(found) > 1 else "one seed"
        seconds = statistics.median(last["seconds"] for last in lasts)
        print(f"{name:<36}{statistics.mean(found):>12.2%}{spread:>9}{seconds:>7.1f} s")
    print(json.dumps({"benchmark": part, "rows": rows}))
    if wanted.save:
        before = measured(part)
        merged = {
            name: sorted(
                [last for last in before.get(name, []) if last["seed"] not in wanted.seeds] + lasts,
                key=lambda last: last["seed"],
            )
            for name, lasts in rows.items()
        }
        save_parts(STORED, {part: merged})


def arguments():
    """Read --seeds and --save."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--save", action="store_true")
    return parser.parse_args()


def main():
    wanted = arguments()
    rows = train_all({name: ("fast", words) for name, words in CHANGES.items()}, wanted.seeds)
    in_order = {name: rows[name] for name in [*CHANGES, ONE_VIEW]}
    report("ablation", in_order, wanted)


if __name__ == "__main__":
    main()
