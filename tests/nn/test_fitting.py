import time

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from cnnedu import nn
from cnnedu.data.digits import load_digits


def lenet(rng):
    """Return a LeNet for 8×8 pictures: two convolutions, each pooled, and two dense layers."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, rng=rng),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, rng=rng),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(128, 64, rng=rng),
        nn.ReLU(),
        nn.Linear(64, 10, rng=rng),
    )


@pytest.mark.parametrize("seed", [0, 1])
def test_a_numpy_lenet_reads_digits_in_seconds(seed):
    data, held_out = load_digits()
    rng = np.random.default_rng(seed)
    model = lenet(rng)
    optimiser = nn.Adam(model.parameters())
    schedule = nn.one_cycle(0.01, steps=10 * 45)
    calls = []
    begin = time.process_time()
    with threadpool_limits(1):
        history = nn.fit(
            model,
            data,
            optimiser,
            10,
            32,
            schedule,
            held_out,
            rng,
            lambda *args: calls.append(args),
        )
    assert time.process_time() - begin < 10
    assert history["held_out_accuracy"][-1] >= 0.97
    assert {name: len(values) for name, values in history.items()} == dict.fromkeys(
        ["loss", "accuracy", "seconds", "held_out_loss", "held_out_accuracy"], 10
    )
    assert [done for done, *_ in calls] == [*range(1, 451), 450]
    batches = [batch for *_, batch in calls[:-1]]
    rates = [schedule(step) for step in range(450)]
    assert [batch.learning_rate for batch in batches] == rates
    of_last_epoch = np.concatenate([batch.logits.argmax(1) == batch.y for batch in batches[-45:]])
    assert history["accuracy"][-1] == of_last_epoch.mean()
    assert nn.evaluate(model, *held_out)[1] == history["held_out_accuracy"][-1]


def test_the_same_seed_gives_the_same_history():
    (x, y), _ = load_digits()
    losses = []
    for _ in range(2):
        rng = np.random.default_rng(3)
        model = nn.Sequential(nn.Flatten(), nn.Linear(64, 10, rng=rng), nn.Dropout(0.1, rng))
        optimiser = nn.SGD(model.parameters(), 0.1)
        history = nn.fit(model, (x[:200], y[:200]), optimiser, 2, rng=rng, progress=lambda *_: None)
        losses.append(history["loss"])
    assert losses[0] == losses[1]
    assert losses[0][1] < losses[0][0]


def test_the_digits_are_all_there_and_always_split_alike():
    (x, y), (held_out_x, held_out_y) = load_digits()
    from sklearn.datasets import load_digits as original

    together = np.concatenate([x, held_out_x])[:, 0].reshape(-1, 64) * 16
    ours = sorted(map(tuple, np.column_stack([together, np.concatenate([y, held_out_y])])))
    data = original()
    assert ours == sorted(map(tuple, np.column_stack([data.data, data.target])))
    np.testing.assert_array_equal(load_digits()[1][0], held_out_x)
    assert np.bincount(held_out_y).min() > 20
    theirs = (data.images / 16).astype(np.float32)[:, None]  # stored figures were measured with it
    assert x.strides == theirs[np.arange(9)].strides


def test_the_progress_bar_shows_share_and_figures(capsys):
    batch = nn.Batch(None, None, None, 0.75, 0.1)
    for done in range(1, 401):
        nn.progress_bar(done, 400, {"loss": [0.25]} if done > 200 else {}, batch)
    shown = capsys.readouterr().out
    assert shown.count("\r") == 100
    assert "50 %  loss 0.750" in shown
    assert shown.endswith("\r[####################] 100 %  loss 0.250\n")


def test_labels_that_do_not_match_are_refused():
    model = nn.Linear(2, 2)
    with pytest.raises(ValueError, match="fit: y must have shape"):
        nn.fit(model, (np.zeros((3, 2)), np.zeros(2, int)), nn.SGD(model.parameters(), 1.0), 1)
