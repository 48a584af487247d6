"""What the recipes reached on CIFAR-10, as the benchmarks measured it and lesson 13 shows it."""

import json
from pathlib import Path

STORED = Path(__file__).with_name("measured.json")


def measured(part):
    """Return one part of what is stored: {} if it was not measured yet.

    Args:
        part: "time to accuracy", by `benchmarks/time_to_accuracy.py --save`: for each recipe its
            runs and those of `classic` in turns with it; or "ablation", by
            `benchmarks/ablation.py --save`: for each change of `fast` the last epochs of its runs.
    """
    return _stored().get(part, {})


def save(part, found):
    """Replace one part of what is stored."""
    lines = [
        f"{json.dumps(name)}: {json.dumps(value)}"
        for name, value in sorted((_stored() | {part: found}).items())
    ]
    STORED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _stored():
    return json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
