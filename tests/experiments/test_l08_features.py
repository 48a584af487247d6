"""First layers that learn or are frozen, edge detectors, digits that moved: on equal terms."""

import numpy as np

from cnnedu.data import edge_kernel
from cnnedu.experiments import l08_features as features
from cnnedu.experiments.l08_rates import SEEDS


def test_the_filters_by_hand_are_what_they_are_said_to_be():
    bank = features.filters_by_hand()[:, 0]
    np.testing.assert_allclose((bank**2).sum(axis=(1, 2)), 2, rtol=1e-6)  # 9 weights · 2/9
    shares = bank / abs(bank).max(axis=(1, 2), keepdims=True)
    np.testing.assert_array_equal(shares[0], edge_kernel())
    np.testing.assert_array_equal(shares[2], np.rot90(edge_kernel(), -1))
    np.testing.assert_array_equal(shares[4], -edge_kernel())
    np.testing.assert_allclose(bank[:13].sum(axis=(1, 2)), 0, atol=1e-6)  # edges, lines, the spot
    np.testing.assert_array_equal(bank[8], bank[8][::-1])
    assert shares[14, 1, 1] == 1 and (shares[15] == 1).all()
    assert len(np.unique(bank.reshape(16, 9).round(5), axis=0)) == 16


def test_what_is_frozen_is_as_many_layers_as_its_name_says(monkeypatch):
    trained = {}

    def train(runs, *_):
        trained.update(runs={run.frozen: run for run in runs}, order=[r.frozen for r in runs])

    monkeypatch.setattr(features, "train", train)
    monkeypatch.setattr(features, "accuracies", lambda *_: [1, 2, 3, 4])
    monkeypatch.setattr(features, "without_filters", lambda *_: 5)
    condition = "128 digits, 448 steps"
    kinds = list(reversed(features.KINDS))
    assert features.results(0, condition, kinds, [0.1] * 5) == [5, 1, 2, 3, 4]
    assert trained["order"] == [4, 2, 2, 0]
    monkeypatch.setattr(features, "train", lambda runs, *_: trained.update(runs=runs))
    features.results(0, condition, ("learnt", "random", "by hand"), [0.1] * 3)
    learnt, random, by_hand = trained["runs"]
    assert learnt.weights[0] is random.weights[0] is not by_hand.weights[0]
    np.testing.assert_array_equal(by_hand.weights[0], features.filters_by_hand())
    assert all(learnt.weights[n] is by_hand.weights[n] for n in range(1, 6))


def test_blanking_takes_what_moving_pushes_out_and_nothing_else():
    x = np.arange(1, 65).reshape(1, 1, 8, 8)
    assert not features.blanked(x, 1, 0)[0, 0, -1].any()
    np.testing.assert_array_equal(features.blanked(x, 1, 0)[0, 0, :-1], x[0, 0, :-1])
    assert not features.blanked(x, 0, -1)[..., 0].any()
    np.testing.assert_array_equal(features.blanked(x, 0, -1)[..., 1:], x[..., 1:])


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    stored = {part: features.figures[part] for part in features.figures}
    monkeypatch.setattr(features, "RATES", (0.01,))
    monkeypatch.setattr(features, "TUNING_SEEDS", (1000,))
    monkeypatch.setattr(features, "EDGE_SEEDS", (0,))
    monkeypatch.setattr(features, "EDGE_EPOCHS", 1)
    tried = dict.fromkeys(features.CONDITIONS, (64, 1))
    monkeypatch.setattr(features, "CONDITIONS", tried)
    for measured, name in [
        (features.tune(), "rates"),
        (features.first_layers(0), "first_layers"),
    ]:
        assert measured.keys() == stored[name].keys()
        assert all(measured[key].keys() == stored[name][key].keys() for key in measured)
    assert features.moves(0).keys() == stored["moves"].keys()
    edges = features.edges()
    assert edges.keys() == stored["edges"].keys()
    assert all(edges[key].shape[1:] == stored["edges"][key].shape[1:] for key in edges)


def test_every_result_is_of_all_seeds():
    for kinds in features.figures["first_layers"].values():
        assert {len(runs) for runs in kinds.values()} == {len(SEEDS)}
    assert {len(runs) for runs in features.figures["edges"].values()} == {len(features.EDGE_SEEDS)}


def test_no_chosen_rate_is_at_the_end_of_the_range():
    chosen = {lr for kinds in features.figures["rates"].values() for lr in kinds.values()}
    assert {min(features.RATES), max(features.RATES)}.isdisjoint(chosen)
