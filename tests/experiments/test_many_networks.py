"""Networks that are trained together learn what each of them would learn alone."""

import numpy as np
import pytest

from cnnedu import nn
from cnnedu.data.digits import load_digits
from cnnedu.experiments import many_networks as many
from cnnedu.models.digit_network import digit_network

ALONE = {
    "SGD": (0.1, nn.SGD),
    "momentum": (0.02, lambda parameters, lr: nn.SGD(parameters, lr, momentum=0.9)),
    "RMSProp": (0.003, nn.RMSProp),
    "Adam": (0.01, nn.Adam),
}


def alone(optimiser, frozen, lr):
    """Train one network of `cnnedu.nn` for one epoch of 77 digits."""
    rng = np.random.default_rng(1)
    network = digit_network(np.random.default_rng(0))
    x, y = (part[:77] for part in load_digits()[0])
    rates = nn.one_cycle(lr, 6)
    learning = optimiser(network.parameters()[frozen:], lr)
    nn.fit(network, (x, y), learning, 2, 32, rates, rng=rng, progress=lambda *_: None)
    return network


@pytest.fixture(scope="module")
def together():
    data = tuple(part[:77] for part in load_digits()[0])
    runs = [
        many.Run(many.first_weights(np.random.default_rng(0)), nn.one_cycle(lr, 6), name, frozen)
        for name, (lr, _) in ALONE.items()
        for frozen in (0, 2, 4)
    ]
    return runs, many.train(runs, data, 2, np.random.default_rng(1))


def test_each_network_is_the_one_that_cnnedu_nn_trains(together):
    runs, weights = together
    for place, run in enumerate(runs):
        lr, optimiser = ALONE[run.optimiser]
        expected = alone(optimiser, run.frozen, lr).parameters()
        for number, parameter in enumerate(expected):
            found = weights[number][place].numpy()
            np.testing.assert_allclose(found, parameter.value, atol=2e-4, err_msg=run.optimiser)
            assert np.array_equal(found, run.weights[number]) == (number < run.frozen)


def test_accuracies_are_those_of_cnnedu_nn(together):
    _, weights = together
    x, y = load_digits()[1]
    expected = nn.evaluate(alone(ALONE["SGD"][1], 0, 0.1), x, y)[1]
    assert many.accuracies(weights, x, y)[0] == pytest.approx(100 * expected, abs=0.3)


def test_a_network_that_diverges_leaves_the_others_alone():
    data = tuple(part[:64] for part in load_digits()[0])
    sane = many.Run(many.first_weights(np.random.default_rng(0)), lambda step: 0.01, "SGD")
    mad = sane._replace(rate=lambda step: 1e30)
    with_mad, without = (
        many.train(runs, data, 2, np.random.default_rng(0)) for runs in ([sane, mad], [sane])
    )
    assert not with_mad[0][1].isfinite().all()
    for some, one in zip(with_mad, without, strict=True):
        np.testing.assert_allclose(some[0], one[0], atol=1e-5)


def test_digits_are_drawn_afresh_and_judged_by_others():
    (x, y), (judge_x, judge_y) = many.drawn_digits(np.random.default_rng(3), 200)
    assert (len(y), len(judge_y)) == (200, 360)
    known = {digit.tobytes() for part in load_digits() for digit in part[0]}
    learnt, judges = ({digit.tobytes() for digit in part} for part in (x, judge_x))
    assert learnt | judges <= known and len(learnt & judges) < 3  # a few digits are there twice
    assert not np.array_equal(many.drawn_digits(np.random.default_rng(4), 200)[0][1], y)
