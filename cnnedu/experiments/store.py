"""What benchmarks measured and lessons show, kept as JSON, part by part."""

import json
from pathlib import Path

STORED = Path(__file__).parent / "figures/measured.json"


def measured(part):
    """Return one part of what the recipes reached on CIFAR-10: {} if it was not measured yet.

    Args:
        part: "time to accuracy", by `benchmarks/time_to_accuracy.py --save`: for each recipe its
            runs and those of `classic` in turns with it; "ablation", by
            `benchmarks/ablation.py --save`: for each change of `fast` the last epochs of its runs;
            "climb", by `benchmarks/climb.py --save`: the same for each rung from `classic` up to
            `fast`; or "published", by `benchmarks/published.py --save`: the test accuracies of a
            published network, trained on the copy that all of this was measured on.
    """
    return _read(STORED).get(part, {})


def save_parts(path, found):
    """Replace some parts of a JSON file, one line each, and leave the others as they are.

    Args:
        path: of the file; it may not be there yet.
        found: dict of the parts by name.
    """
    path = Path(str(path))
    parts = _read(path) | found
    lines = [f"{json.dumps(name)}: {json.dumps(part)}" for name, part in parts.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _read(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
