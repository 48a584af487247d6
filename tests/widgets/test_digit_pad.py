"""`DigitPad` on the Python side: the network it holds, its answers, and errors."""

import subprocess
import sys

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu import nn
from cnnedu.data.digits import load_digits
from cnnedu.widgets import DigitPad


def test_the_stored_network_reads_the_held_out_digits():
    _, (x, y) = load_digits()
    model = DigitPad().model
    assert nn.evaluate(model, x, y)[1] > 0.98


def test_an_answer_of_ones_own_network():
    model = nn.Sequential(nn.Flatten(), nn.Linear(64, 10, bias=False))
    model.layers[1].w.value[:] = 0
    model.layers[1].w.value[7, 0] = 1
    pad = DigitPad(model)
    assert pad.answer == pytest.approx([0.1] * 10)
    assert repr(pad) == "DigitPad(empty)"
    pad.set_state({"picture": [[16] + [0] * 7] + [[0] * 8] * 7})
    assert pad.answer[7] == pytest.approx(np.e / (np.e + 9))
    assert repr(pad) == "DigitPad(7, probability 0.23)"


def test_what_is_drawn_on_the_page_is_taken():
    pad = DigitPad()
    pad.set_state({"picture": pad.examples[8].tolist()})
    assert (pad.picture.shape, pad.answer.argmax()) == ((8, 8), 8)


def test_stored_picture_is_small_and_the_same_twice():
    pad = DigitPad(picture=np.arange(64).reshape(8, 8) / 4)
    assert len(pad.picture_png()) < 100_000
    assert pad.picture_png() == pad.picture_png()


def test_importing_and_making_one_loads_neither_torch_nor_scikit_learn():
    code = (
        "import sys; from cnnedu.widgets import DigitPad; DigitPad();"
        "print({'torch', 'sklearn', 'matplotlib'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout == "set()\n", result.stderr


def pool(**options):
    return nn.Sequential(nn.MaxPool2d(2, **options), nn.Flatten(), nn.Linear(16, 10))


WRONG = [
    (dict(model="lenet"), TypeError, "model must be a cnnedu.nn.Sequential, but is 'lenet'"),
    (dict(model=nn.Linear(64, 10)), TypeError, "must be a cnnedu.nn.Sequential"),
    (
        dict(model=nn.Sequential(nn.LeakyReLU())),
        TypeError,
        "can't compute layer '0', LeakyReLU, as",
    ),
    (dict(model=nn.Sequential(nn.Conv2d(1, 4, 3, dilation=2))), TypeError, "layer '0', Conv2d, as"),
    (dict(model=nn.Sequential(nn.Conv2d(1, 4, 3, padding=(1, 2)))), TypeError, "'0', Conv2d, as"),
    (dict(model=pool(ceil_mode=True)), TypeError, "layer '0', MaxPool2d, as it is set up; it"),
    (dict(model=pool(padding=1)), TypeError, "layer '0', MaxPool2d, as it is set up"),
    (dict(model=nn.Sequential(nn.Flatten())), ValueError, r"give scores \(1, 10\) .* \(1, 64\)"),
    (dict(model=nn.Sequential(nn.Conv2d(3, 4, 3))), ValueError, "doesn't take pictures"),
    (dict(picture=np.zeros((28, 28))), ValueError, "picture must have 8 to 8 rows"),
    (dict(picture=np.full((8, 8), 255)), ValueError, "from 0 to 16, but holds 255"),
    (dict(picture=np.full((8, 8), -1)), ValueError, "from 0 to 16, but holds −1"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=[w[2] for w in WRONG])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: DigitPad(**arguments), error, message)
