"""Two processes under torchrun end with the weights of one."""

import json
import os
import subprocess
import sys

import pytest
import torch
from safetensors.torch import load_file

from cnnedu.training.log import COLUMNS

PICTURES = 40

# In double precision, because Muon amplifies rounding errors in tiny gradients.
PROGRAM = f"""
import torch
torch.set_default_dtype(torch.float64)
from cnnedu.data import cifar10
cifar10.PICTURES_PER_FILE = {PICTURES}
from cnnedu.models.whitened import Whitened
from cnnedu.training import recipes
recipes.RECIPES["fast"] = recipes.FAST._replace(build=lambda: Whitened((8, 8, 16)))
from cnnedu.cli import main
main()
"""

# 147 of 196 pictures in batches of 73: one process gets 37 and the other 36, and of the last batch,
# which is a single picture, one gets nothing. In the second epoch both must leave out the same
# pictures.
OPTIONS = (
    "train --recipe fast --epochs 2 --batch-size 73 --set precision=float32 "
    "--set shift_rate=2.65 --set dense_rate=33.5 --set left_out=0.25"
).split()


def test_two_processes_get_the_weights_of_one(small_cifar10, tmp_path):
    small_cifar10(PICTURES)
    (tmp_path / "program.py").write_text(PROGRAM)
    launcher = "-m torch.distributed.run --standalone --nproc-per-node 2".split()
    outs = [tmp_path / "one", tmp_path / "two"]
    running = [
        subprocess.Popen(
            [sys.executable, *options, tmp_path / "program.py", *OPTIONS, "--out", out],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )
        for options, out in zip(([], launcher), outs, strict=True)
    ]
    for process in running:
        said, complaints = process.communicate()
        assert process.returncode == 0, complaints
        assert said.count("Test accuracy") == 1, "only one process prints"
    expected, found = (load_file(out / "model.safetensors") for out in outs)
    for name in expected:
        torch.testing.assert_close(found[name], expected[name], rtol=1e-5, atol=1e-5, msg=name)
    logs = [json.loads((out / "log.json").read_text())["epochs"][-1] for out in outs]
    for column in set(COLUMNS) - {"seconds"}:
        assert logs[1][column] == pytest.approx(logs[0][column], rel=1e-6), column
