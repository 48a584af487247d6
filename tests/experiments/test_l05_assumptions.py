"""Dense, local and convolutional layers on digits: what is compared, and what lesson 05 says."""

import numpy as np
import pytest
import torch

from cnnedu.data.digits import load_digits
from cnnedu.experiments import l05_assumptions as assumptions


def layer(kind, seed=0):
    return assumptions.First(kind, torch.Generator().manual_seed(seed))


def pictures(count=2):
    return torch.randn(count, 1, 8, 8, generator=torch.Generator().manual_seed(1))


def test_a_local_layer_with_equal_weights_is_the_convolution():
    local, convolution = layer("local"), layer("convolution")
    with torch.no_grad():
        local.weight.copy_(convolution.weight[:, None].expand_as(local.weight))
    torch.testing.assert_close(local(pictures()), convolution(pictures()))


def test_a_dense_layer_with_zeros_outside_the_windows_is_the_local_one():
    local, dense = layer("local"), layer("dense")
    inside = torch.nn.functional.unfold(torch.arange(64.0).reshape(1, 1, 8, 8), 3)[0].long()
    weight = torch.zeros(32, 36, 64)
    for place in range(36):
        weight[:, place, inside[:, place]] = local.weight[:, place].detach()
    with torch.no_grad():
        dense.weight.copy_(weight.reshape(-1, 64))
    torch.testing.assert_close(local(pictures()), dense(pictures()))


def test_all_have_the_same_units_and_the_same_pooling():
    for kind in assumptions.LAYERS:
        units = layer(kind)(pictures(400))
        assert units.shape == (400, 32, 6, 6)
        assert units.var().item() == pytest.approx(2, rel=0.2)
        for pooling in assumptions.POOLINGS:
            assert assumptions.pooled(units, pooling).shape == (400, 288)


def test_digits_are_drawn_afresh_and_shuffled_alike():
    x, y, new_x, new_y = assumptions.drawn_digits(3, "in order", 100)
    moved, again, new_moved, _ = assumptions.drawn_digits(3, "shuffled", 100)
    assert (len(y), len(new_y)) == (100, 360) and torch.equal(y, again)
    places = [
        pixel.flatten(1).T for pixel in (torch.cat([x, new_x]), torch.cat([moved, new_moved]))
    ]
    assert not torch.equal(*places)
    assert torch.equal(*(torch.unique(pixels, dim=0) for pixels in places))
    other = assumptions.drawn_digits(4, "in order", 100)
    assert not torch.equal(other[1], y)
    everything = assumptions.drawn_digits(0, "in order", 1437)
    assert len(everything[1]) + len(everything[3]) == sum(len(part[1]) for part in load_digits())


def test_read_out_leaves_one_out_rightly():
    """The shortcut chooses the ridge that leaving out one digit after another chooses."""
    rng = np.random.default_rng(0)
    old, new = rng.normal(size=(30, 12)), rng.normal(size=(5, 12))
    y = rng.integers(0, 10, 30)
    z = (old - old.mean(axis=0)) / old.std()
    targets = np.eye(10)[y]

    def fitted(ridge, z, targets):
        middle, level = z.mean(axis=0), targets.mean(axis=0)
        centred = z - middle
        weights = np.linalg.solve(
            centred.T @ centred + ridge * np.eye(12), centred.T @ (targets - level)
        )
        return lambda some: (some - middle) @ weights + level

    def error(ridge):
        others = [np.delete(np.arange(30), n) for n in range(30)]
        answers = [fitted(ridge, z[o], targets[o])(z[n]) for n, o in enumerate(others)]
        return ((np.array(answers) - targets) ** 2).sum()

    ridge = min(assumptions.RIDGES, key=error)
    expected = fitted(ridge, z, targets)((new - old.mean(axis=0)) / old.std()).argmax(axis=1)
    np.testing.assert_array_equal(assumptions.read_out(old, y, new), expected)


def test_training_learns(monkeypatch):
    monkeypatch.setattr(assumptions, "STEPS", 60)
    drawn = assumptions.drawn_digits(0, "in order", 100)
    runs = [assumptions.trained("convolution", "max", drawn, 0.01, seed=0) for _ in range(2)]
    assert runs[0] == runs[1] > 70


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    monkeypatch.setattr(assumptions, "STEPS", 2)
    monkeypatch.setattr(assumptions, "COUNTS", (100,))
    monkeypatch.setattr(assumptions, "TRAINED", (("none", "in order", 100),))
    monkeypatch.setattr(assumptions, "RATES", (1e-3, 1e-2))
    monkeypatch.setattr(assumptions, "TUNING_SEEDS", (1000,))
    stored = assumptions.figures
    assert assumptions.with_random_weights(0).keys() < stored["random"].keys()
    assert assumptions.with_learnt_weights(0).keys() < stored["learnt"].keys()
    assert assumptions.tune().keys() < stored["rates"].keys()


def difference(results, a, b):
    """Return by how many standard errors runs `a` differ from runs `b` of the same digits."""
    difference = np.subtract(results[a], results[b])
    return difference.mean() / (difference.std(ddof=1) / np.sqrt(len(difference)))


def test_no_chosen_rate_is_at_the_end_of_the_range():
    rates = assumptions.figures["rates"].values()
    assert {min(assumptions.RATES), max(assumptions.RATES)}.isdisjoint(rates)


def test_what_lesson_05_says_of_learnt_weights():
    learnt = assumptions.figures["learnt"]
    few, many = "max, in order, 100", "max, in order, 1437"
    assert difference(learnt, f"convolution, {few}", f"local, {few}") > 3
    assert abs(difference(learnt, f"local, {few}", f"dense, {few}")) < 3
    assert difference(learnt, f"convolution, {few}", f"dense, {few}") > 3
    assert difference(learnt, f"local, {many}", f"dense, {many}") < -3
    assert abs(difference(learnt, f"convolution, {many}", f"dense, {many}")) < 3
    for count in (100, 1437):
        moved = f"max, shuffled, {count}"
        assert difference(learnt, f"convolution, {moved}", f"dense, {moved}") < -3
        lost = [
            difference(learnt, f"{kind}, max, in order, {count}", f"{kind}, {moved}")
            for kind in assumptions.LAYERS
        ]
        assert abs(lost[0]) < 3 < min(lost[1:])


def test_how_much_lesson_05_says_it_is():
    """ "More than a point", "nearly two points", "loses a point"."""
    means = {name: np.mean(runs) for name, runs in assumptions.figures["learnt"].items()}

    def lead(better, worse, conditions):
        return means[f"{better}, {conditions}"] - means[f"{worse}, {conditions}"]

    assert lead("convolution", "local", "max, in order, 100") > 1
    assert 1.5 < lead("convolution", "dense", "max, in order, 100") < 2
    assert -1.5 < lead("convolution", "dense", "max, shuffled, 1437") < -0.75


def test_the_lead_needs_the_pooling():
    for part in ("learnt", "random"):
        results = assumptions.figures[part]
        few = {pooling: f"{pooling}, in order, 100" for pooling in ("max", "none")}
        leads = {
            pooling: np.subtract(results[f"convolution, {some}"], results[f"dense, {some}"])
            for pooling, some in few.items()
        }
        assert difference(leads, "max", "none") > 3
        lead = difference(results, f"convolution, {few['max']}", f"dense, {few['max']}")
        without = difference(results, f"convolution, {few['none']}", f"dense, {few['none']}")
        assert lead > 3
        assert abs(without) < 3 if part == "learnt" else without < -3
