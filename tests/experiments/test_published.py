"""The published program runs here, if need be without a GPU and without torchvision."""

import subprocess
import sys

LOAD = """
import torch
from cnnedu.experiments.published import load_program
program = load_program()
begun, ended = (torch.cuda.Event(enable_timing=True) for _ in range(2))
begun.record(), torch.cuda.synchronize()
if not torch.cuda.is_available():
    assert begun.elapsed_time(ended) == 0.0
    assert torch.nn.Linear(1, 1).cuda().half().weight.dtype == torch.float32
assert callable(program.train94) and callable(program.evaluate)
"""


def test_it_loads():
    """In a process of its own: it changes torch for the rest of one."""
    subprocess.run([sys.executable, "-c", LOAD], check=True)
