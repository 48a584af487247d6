"""Exercise 08: its answers are those of the course's modules; its network has to be learnt."""

import numpy as np
import pytest
import torch

from cnnedu import kernels, nn
from cnnedu.checks import CheckFailed, digit_judge
from cnnedu.checks.exercises import e08_training_from_scratch as e08
from cnnedu.checks.training_functions import loop_function, row_function, toy_gradients, toy_step

CASES = {check.name: check for check in e08.CHECKS[1:-1]}
LEARN = e08.CHECKS[-1]


def adam_steps(g, steps, lr, betas):
    """Return what the course's Adam makes of weights of 1 in some steps with one gradient."""
    w = nn.Parameter(np.ones(g.shape))
    optimiser = nn.Adam([w], lr=lr, betas=betas)
    for _ in range(steps):
        w.grad = g
        optimiser.step()
    return w.value


def network(w, b, v, c):
    """Return the network of the exercise, made of the course's layers."""
    layers = nn.Conv2d(w.shape[1], len(w), 3, padding=1), nn.Linear(v.shape[1], len(v))
    for layer, weights, biases in zip(layers, (w, v), (b, c), strict=True):
        layer.w.value, layer.b.value = weights.astype(float), biases.astype(float)
    return nn.Sequential(layers[0], nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), layers[1])


def inputs(name, seed=0):
    """Return all inputs of a case, visible and hidden."""
    rng = np.random.default_rng(seed)
    return [*CASES[name].inputs(rng), *CASES[name].hidden(rng)]


def learnt(F=4, epochs=6, lr=0.03):
    """Return a `learn` of the course's own layers."""

    def learn(x, y, seed):
        rng = np.random.default_rng(seed)
        first = [rng.normal(size=(F, 1, 3, 3)) / 2, np.zeros(F)]
        model = network(*first, rng.normal(size=(10, 16 * F)) / 8, np.zeros(10))
        adam = nn.Adam(model.parameters(), lr=lr)
        nn.fit(model, (x.astype(float), y), adam, epochs, 32, rng=rng)
        return [parameter.value for parameter in model.parameters()]

    return learn


def test_the_gradient_is_that_of_the_kernels():
    for logits, y in inputs("cross_entropy_gradient"):
        expected = kernels.cross_entropy_backward(1.0, logits.astype(float), y.astype(int))
        given = CASES["cross_entropy_gradient"].reference(logits, y)
        np.testing.assert_allclose(given, expected, rtol=1e-9, atol=1e-12)


def test_the_decay_is_that_of_torch():
    g = np.array([3.0, -0.1, 0.0])
    w, m, s = np.ones(3), np.zeros(3), np.zeros(3)
    like = torch.ones(3, dtype=torch.float64, requires_grad=True)
    adam = torch.optim.AdamW([like], lr=0.1, betas=(0.8, 0.95), weight_decay=0.3)
    for t in range(1, 5):
        w, m, s = CASES["adam_step"].reference(w, g, m, s, t, 0.1, 0.8, 0.95, 0.3)
        like.grad = torch.tensor(g)
        adam.step()
    np.testing.assert_allclose(w, like.detach().numpy(), rtol=1e-12)


def test_adam_is_that_of_the_course():
    g = np.array([3.0, -1e-7, 0.0])
    w, m, s = np.ones(3), np.zeros(3), np.zeros(3)
    for t in range(1, 5):
        w, m, s = CASES["adam_step"].reference(w, g, m, s, t, 0.1, 0.8, 0.95, 0.0)
    np.testing.assert_allclose(w, adam_steps(g, 4, 0.1, (0.8, 0.95)), rtol=1e-12)


def test_the_network_is_that_of_the_course():
    for x, *weights in inputs("scores"):
        expected = network(*weights)(x.astype(float))
        np.testing.assert_allclose(CASES["scores"].reference(x, *weights), expected, rtol=1e-9)


def test_the_way_back_is_that_of_the_course():
    for x, dlogits, *weights in inputs("gradient_rows"):
        model = network(*weights)
        model(x.astype(float))
        model.backward(dlogits.astype(float))
        rows = row_function(lambda *_, model=model: [p.grad for p in model.parameters()])
        given = CASES["gradient_rows"].reference(x, dlogits, *weights)
        np.testing.assert_allclose(given, rows(x, dlogits, *weights), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("cross_entropy_gradient", [0]),
        ("adam_step", [0, 1, 2, 3]),
        ("scores", [0, 1, 2, 3, 4]),
        ("gradient_rows", [0, 1, 2, 3, 4, 5]),
        ("after_training", [0, 1, 2, 3]),
    ],
)
def test_whole_numbers_come_in_each_place(name, places):
    drawn = CASES[name].hidden(np.random.default_rng(0))
    for place in places:
        assert {arguments[place].dtype.kind for arguments in drawn} >= {"i", "f"}


def test_relu_meets_an_input_of_exactly_zero():
    for make in (CASES["gradient_rows"].inputs, CASES["gradient_rows"].hidden):
        drawn = make(np.random.default_rng(0))
        assert any((kernels.conv2d(x, w, b, padding=1) == 0).any() for x, _, w, b, *_ in drawn)


def test_the_toy_uses_all_that_it_is_given():
    now = np.ones(2), np.ones(2), np.ones(2), np.ones(2), 3, 0.1
    for place in range(6):
        changed = [part * (1 + (k == place)) for k, part in enumerate(now)]
        assert (toy_step(*changed)[0] != toy_step(*now)[0]).all()
    dw, db = toy_gradients(np.eye(2), np.ones(2), [np.zeros(2), np.zeros(1)])
    assert (dw == -0.5).all() and (db == -1).all()


def test_a_loop_that_changes_the_list_it_was_given_is_refused():
    def train(x, y, weights, *rest):
        weights[0] = weights[0] + 1
        return list(weights)

    with pytest.raises(CheckFailed, match="work on a copy"):
        loop_function(train)(*CASES["after_training"].inputs(np.random.default_rng(0))[0])


def judged(learn, **options):
    """Return what a student is told whose `learn` this is."""

    def own(x, y, seed):
        return learn(x, y, seed)

    own.__module__ = "__main__"
    with pytest.raises(CheckFailed) as failed:
        LEARN.run({"learn": own}, **options)
    return str(failed.value)


def test_a_network_that_learns_nothing_fails_by_heart():
    told = judged(learnt(epochs=1, lr=0.0))
    assert "knows" in told and "more epochs won't mend it" in told
    assert "first mend `cross_entropy_gradient`" in told  # none of the parts is there


def test_a_small_network_is_told_how_many_digits_are_right():
    assert "and 97 % are asked for" in judged(learnt(F=1))


def test_weights_from_elsewhere_fail_where_the_classes_have_other_names():
    (x, y), _ = digit_judge.load_digits()
    weights = learnt(F=12, epochs=10)(x, y, 0)
    assert np.mean(digit_judge._said(weights, x) == y) > 0.97
    assert "94 % are asked for" in judged(lambda *data: weights, hidden=True, seed=0)


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        (0.97, "return the four arrays"),
        ([np.zeros((2, 1, 3, 3)), np.zeros(2), np.zeros((32, 10)), np.zeros(10)], r"v has shape"),
        ([np.zeros((2, 1, 3, 3)), np.zeros(2), np.zeros((10, 32)), np.full(10, np.nan)], "finite"),
        (
            [np.zeros((40, 1, 3, 3)), np.zeros(40), np.zeros((10, 640)), np.zeros(10)],
            "6,810 numbers, and 3,000 are allowed",
        ),
        ([[None], None, None, None], "should hold real numbers"),
    ],
)
def test_weights_of_another_network_are_refused(weights, told):
    assert told in judged(lambda *data: weights)
