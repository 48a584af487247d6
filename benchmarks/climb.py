"""From `classic` to the recipe `fast`: each rung adds one ingredient to the one before.

    CNNEDU_DATA=… python benchmarks/climb.py [--seeds 0 1 2] [--save]

With --save the runs of these seeds replace those in `cnnedu/training/measured.json`. The figures
are accuracies on a tenth of the training pictures, as in `ablation.py`.
"""

from ablation import ONE_VIEW, arguments, report, train_all

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
FIRST = "classic"
# What each rung no longer changes: from there on the recipe's own value holds.
RUNGS = {
    "fast's network and batches, plain": [],
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
    wanted = arguments()
    left, variants = dict(PLAIN), {FIRST: ("classic", [])}
    for rung, added in RUNGS.items():
        left = {name: value for name, value in left.items() if name not in added}
        if left.keys() != {"views"}:  # that rung is the recipe's own run, asked with one view
            variants[rung] = ("fast", [f"{name}={value}" for name, value in left.items()])
    rows = train_all(variants, wanted.seeds)
    report("climb", {rung: rows.get(rung, rows[ONE_VIEW]) for rung in (FIRST, *RUNGS)}, wanted)


if __name__ == "__main__":
    main()
