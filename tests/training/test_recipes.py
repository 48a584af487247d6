"""The recipes, and each ingredient of them."""

import json
from dataclasses import replace

import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file
from torch import nn

from cnnedu.cli import main
from cnnedu.data.cifar10 import MEAN, STD
from cnnedu.models.normalise import normalise
from cnnedu.models.whitened import Whitened, fast
from cnnedu.training import augmentation
from cnnedu.training.batches import augmented, shrink, without_easy
from cnnedu.training.evaluate import evaluate, logits_of_views
from cnnedu.training.loop import train
from cnnedu.training.optimisers import Muon, make_optimisers, orthogonalise
from cnnedu.training.recipes import FAST, RECIPES, changed
from cnnedu.training.run import Run
from cnnedu.training.settings import Settings, TrainingError

SMALL = replace(
    FAST.settings, epochs=2, held_out=0.1, batch_size=50, shift_rate=2.65, dense_rate=33.5
)


def normalised(x):
    return normalise(x, MEAN, STD)


def small():
    """The network of the recipe `fast`, narrow."""
    return Whitened((8, 8, 16))


@pytest.fixture
def data(small_cifar10):
    return small_cifar10(pictures=40)


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_is_read_and_its_network_gives_ten_logits(name):
    build, settings = RECIPES[name]
    assert build().eval()(torch.zeros(1, 3, 32, 32)).shape == (1, 10)
    assert settings.seed == 0


def test_the_fast_ingredients_together_learn(small_cifar10, tmp_path):
    data = small_cifar10(pictures=100)
    history = train(small, data, replace(SMALL, epochs=4), tmp_path)
    assert history[-1]["validation_accuracy"] > 0.8
    assert history[-1]["train_loss"] < history[0]["train_loss"]


class Killed(BaseException):
    """Stand in for kill −9."""


@pytest.mark.parametrize("optimizer", ["muon", "nesterov"])
def test_killed_and_resumed_the_weights_are_the_same(data, tmp_path, optimizer, monkeypatch):
    faster = "cnnedu.training.precision.has_fast_bfloat16"
    monkeypatch.setattr(faster, lambda device: True)
    settings = replace(SMALL, optimizer=optimizer, flip="random", cutout=4, left_out=1 / 3)

    def kill(done, *_):
        if done == 5:  # of the three steps of epoch 2, the second
            raise Killed

    train(small, data, settings, tmp_path / "whole")
    with pytest.raises(Killed):
        train(small, data, settings, tmp_path / "run", progress=kill)
    monkeypatch.setattr(faster, lambda device: False)  # measured again, with another result
    train(small, data, settings, tmp_path / "run", resume=True)
    whole, run = (tmp_path / name / "model.safetensors" for name in ("whole", "run"))
    assert whole.read_bytes() == run.read_bytes()


def test_random_numbers_drawn_elsewhere_change_nothing(data, tmp_path):
    train(small, data, SMALL, tmp_path / "a")
    train(small, data, SMALL, tmp_path / "b", progress=lambda *_: torch.rand(1))
    a, b = (load_file(tmp_path / name / "model.safetensors") for name in "ab")
    assert all(torch.equal(a[name], b[name]) for name in a)


def test_what_is_measured_is_the_running_average_of_the_weights(data):
    run = Run(small, data, replace(SMALL, average=0.75), {})
    seen = []
    run.learn(1, lambda _: seen.append(run.network.block1.conv1.weight.detach().clone()))
    average = seen[0]
    for weights in seen[1:]:
        average = 0.75 * average + 0.25 * weights
    kept = run.average.module
    torch.testing.assert_close(kept.block1.conv1.weight, average)
    measured = run.measure("validation", done=1, views=1)
    x, y = run.validation
    with run.arithmetic:
        expected = evaluate(kept, x, y, normalised)
    assert tuple(measured.values()) == expected
    assert run.measure("validation", done=0, views=1) != measured, "pictures shrunk as at the start"


def test_pictures_held_out_are_the_last_ones_and_are_not_learnt_from(data):
    run = Run(small, data, replace(SMALL, held_out=0.25), {})
    quarter = len(data.y_train) // 4
    assert torch.equal(run.validation[0], torch.from_numpy(data.x_train[-quarter:]))
    assert torch.equal(run.training[1], torch.from_numpy(data.y_train[:-quarter]))


def test_what_is_kept_is_what_was_measured(data, tmp_path):
    settings = replace(SMALL, average=0.9, views=1, precision="float32")
    last = train(small, data, settings, tmp_path)[-1]
    network = small()
    network.load_state_dict(load_file(tmp_path / "model.safetensors"))
    x, y = torch.from_numpy(data.x_test), torch.from_numpy(data.y_test)
    loss, accuracy = evaluate(network, x, y, normalised)
    assert (loss, accuracy) == (pytest.approx(last["test_loss"]), last["test_accuracy"])


@pytest.mark.parametrize("share", [0, 0.1, 1 / 3, 1 / 2])
def test_half_of_the_easy_pictures_are_left_out(share):
    torch.manual_seed(0)
    losses, numbers = torch.rand(99), torch.randperm(99)
    stay = without_easy(numbers, losses, share)
    assert len(stay) == 99 - int(share * 99)
    gone = set(range(99)) - set(stay.tolist())
    easy = losses.argsort()[: 2 * int(share * 99)].tolist()
    assert gone < set(easy) or share == 0
    places = {number: place for place, number in enumerate(numbers.tolist())}
    order = [places[number] for number in stay.tolist()]
    assert order == sorted(order)
    other = without_easy(torch.randperm(99), losses, share)
    assert share == 0 or gone != set(range(99)) - set(other.tolist()), "the same ones every time"


def test_an_epoch_shows_all_but_the_pictures_left_out(data):
    settings = replace(SMALL, left_out=0.25, held_out=0.1)
    run, seen = Run(small, data, settings, {}), []
    x, _ = run.training
    run.learn(1, lambda batch: seen.append(batch))
    pictures = torch.cat([batch.x for batch in seen])
    assert len(seen) == run.steps and len(pictures) == 0.75 * len(x)
    known = run.losses.isfinite()
    assert torch.equal(x[known].unique(dim=0), pictures.unique(dim=0))
    hard = run.losses.argsort()[len(x) // 2 :]
    seen.clear()
    run.learn(2, lambda batch: seen.append(batch))
    again = {tuple(picture.ravel().tolist()) for batch in seen for picture in batch.x}
    assert all(tuple(picture.ravel().tolist()) in again for picture in x[hard])
    assert run.losses.isfinite().sum() > known.sum(), "what was left out comes back"


def test_whitened_patches_have_variance_one_and_no_correlation():
    torch.manual_seed(0)
    x = torch.randn(200, 3, 9, 9)
    x = x + x.mean(1, keepdim=True) + 2 * x.roll(1, 3)  # neighbours and colours alike
    network = small()
    network.whiten_patches(x, floor=0.0)
    maps = network.whiten(x)[:, :8].transpose(0, 1).flatten(1)
    torch.testing.assert_close(maps @ maps.T / maps.shape[1], torch.eye(8), rtol=0, atol=1e-4)
    assert torch.equal(network.whiten.weight[:8], -network.whiten.weight[8:])
    assert not network.whiten.weight.requires_grad


def test_filters_begin_as_the_identity():
    block = small().block2
    x = torch.randn(2, 8, 10, 10)
    torch.testing.assert_close(block.conv1(x), x)


def test_a_third_convolution_adds_to_what_it_is_given():
    block = Whitened((8, 8, 16), third=True).block2
    x = torch.randn(2, 8, 10, 10)
    block.residual.conv.weight.data.zero_()
    torch.testing.assert_close(block(x), nn.Sequential(*list(block)[:-1])(x))


def test_orthogonalise_brings_singular_values_near_one_and_keeps_directions():
    torch.manual_seed(0)
    for shape in ((6, 20), (20, 6)):
        matrix = torch.randn(shape)
        u, _, v = torch.linalg.svd(matrix, full_matrices=False)
        found = u.T @ orthogonalise(matrix) @ v.T
        singular = found.diagonal()
        assert 0.5 < singular.min() and singular.max() < 1.3
        assert (found - singular.diag()).abs().max() < 1e-4


def test_a_step_of_muon_written_out():
    w = nn.Parameter(torch.arange(24.0).reshape(2, 3, 2, 2).sin())
    start, first, second = w.detach().clone(), torch.randn(2, 3, 2, 2), torch.randn(2, 3, 2, 2)
    muon = Muon([w], lr=0.1, momentum=0.5)
    for gradient in (first, second):
        w.grad = gradient
        muon.step()
    by_hand = start
    for ahead in (1.5 * first, second + 0.5 * (second + 0.5 * first)):
        by_hand = by_hand * 2**0.5 / by_hand.norm()
        by_hand = by_hand - 0.1 * orthogonalise(ahead.reshape(2, 12)).reshape(2, 3, 2, 2)
    torch.testing.assert_close(w.detach(), by_hand)


def test_every_parameter_that_learns_is_in_one_optimiser():
    network = fast()
    network.whiten_patches(torch.randn(50, 3, 8, 8))
    for name in ("adam", "nesterov", "muon"):
        optimisers = make_optimisers(network, replace(FAST.settings, optimizer=name))
        held = [p for o in optimisers for group in o.param_groups for p in group["params"]]
        learnt = [p for p in network.parameters() if p.requires_grad]
        assert len(held) == len(set(held)) == len(learnt) and set(held) == set(learnt)


@pytest.mark.parametrize("optimizer", ["nesterov", "muon"])
def test_momentum_may_be_none_and_only_with_some_it_looks_ahead(optimizer):
    settings = replace(FAST.settings, optimizer=optimizer, rest_momentum=0.0)
    rest = make_optimisers(fast(), settings)[-1]
    shifts, dense, *filters = rest.param_groups
    assert [(g["momentum"], g["nesterov"]) for g in (shifts, dense)] == [(0.0, False)] * 2
    assert all(g["momentum"] == settings.momentum and g["nesterov"] for g in filters)


def test_a_batch_is_flipped_moved_shrunk_and_covered():
    x = torch.randint(0, 256, (6, 3, 32, 32), dtype=torch.uint8)
    numbers = torch.arange(6)
    plain = augmented(x, numbers, 1, 0.0, Settings(), torch.Generator())
    flipped = [
        augmented(x, numbers, epoch, 0.0, Settings(flip="alternating"), torch.Generator())
        for epoch in (1, 2)
    ]
    same = [(pictures == plain).flatten(1).all(1) for pictures in flipped]
    assert torch.equal(same[0], ~same[1])
    torch.testing.assert_close(flipped[0].flip(3), flipped[1])
    sizes = ((16, 0.5), (32, 1))
    small = augmented(x, numbers, 1, 0.2, Settings(sizes=sizes, cutout=8), torch.Generator())
    assert small.shape == (6, 3, 16, 16)
    assert ((small == 0).all(1).sum((1, 2)) == 16).all(), "half the size, a quarter of the square"
    assert augmented(x, numbers, 1, 0.5, Settings(sizes=sizes), torch.Generator()).shape[-1] == 32
    moved = augmented(x, numbers, 1, 0, Settings(shift=2), torch.Generator().manual_seed(1))
    expected = augmentation.random_shift(plain, 2, torch.Generator().manual_seed(1))
    torch.testing.assert_close(moved, expected)


def test_a_shrunk_picture_keeps_its_mean():
    x = torch.rand(2, 3, 32, 32)
    torch.testing.assert_close(shrink(x, 16).mean(), x.mean(), rtol=0.01, atol=0)


def test_views_are_mirrored_and_moved_by_a_pixel():
    x = torch.rand(2, 3, 6, 6)
    seen = []

    def network(x):
        seen.append(x)
        return x.flatten(1)[:, :4]

    logits = logits_of_views(network, x, 6)
    padded = nn.functional.pad(x, (1, 1, 1, 1), mode="reflect")
    places = (x, padded[:, :, 2:, 2:], padded[:, :, :-2, :-2])
    expected = [view for place in places for view in (place, place.flip(3))]
    for view, wanted in zip(seen, expected, strict=True):
        torch.testing.assert_close(view, wanted)
    weights = (1 / 4, 1 / 4, 1 / 8, 1 / 8, 1 / 8, 1 / 8)
    by_hand = sum(w * v.flatten(1)[:, :4] for w, v in zip(weights, expected, strict=True))
    torch.testing.assert_close(logits, by_hand)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["flips=random"], "'flips=random' is not NAME=VALUE; the names are epochs, seed"),
        (["flip"], "'flip' is not NAME=VALUE"),
        (["flip=sometimes"], "flip must be one of never, random, alternating, but is 'sometimes'"),
        (["whitened=maybe"], "whitened must be one of False, True, but is 'maybe'"),
        (["views=3"], "views must be one of 1, 2, 6, but is 3"),
        (["shift=1.5"], "shift must be a whole number from 0 to 31, but is 1.5"),
        (["held_out=0"], "held_out must be above 0 and below 1, but is 0"),
        (["left_out=0.6"], "left_out must be from 0 to 0.5, but is 0.6"),
        (["warm_up=1"], "warm_up must be from 0 to below 1, but is 1"),
        (["learning_rate=high"], "learning_rate must be above 0, but is 'high'"),
        (["sizes=24"], "sizes must be pairs"),
        (["sizes=((20, 0.5),)"], "sizes must be pairs"),
        (["sizes=((20, 0.5), (16, 0.2), (32, 1))"], "sizes must be pairs"),
        (["sizes=((4, 0.5), (32, 1))"], "sizes must be pairs"),
        (["weight_decay=-1"], "weight_decay must be at least 0"),
    ],
)
def test_a_setting_that_cannot_be(words, message):
    with pytest.raises(TrainingError) as caught:
        changed(Settings(), words)
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_settings_are_changed_as_typed():
    settings = changed(FAST.settings, ["flip=never", "epochs=3", "sizes=((24, 0.5), (32, 1))"])
    assert (settings.flip, settings.epochs) == ("never", 3)
    assert settings.sizes == ((24, 0.5), (32, 1))
    assert settings.shift == FAST.settings.shift


@pytest.mark.parametrize("fast", [True, False])
def test_a_recipe_from_the_command_line(fast, small_cifar10, tmp_path, monkeypatch):
    monkeypatch.setattr("cnnedu.training.precision.has_fast_bfloat16", lambda device: fast)
    small_cifar10(20)
    command = "train --recipe fast --epochs 1 --batch-size 45 --set views=2 --out".split()
    result = CliRunner().invoke(main, [*command, str(tmp_path / "run")])
    assert result.exit_code == 0, result.output
    assert "the test set was read once" in result.output
    assert ("Computing in float32: bfloat16 is no faster here." in result.output) == (not fast)
    log = json.loads((tmp_path / "run/log.json").read_text())
    assert log["computed in"] == ("bfloat16" if fast else "float32")
    result = CliRunner().invoke(main, [*command, str(tmp_path / "run"), "--resume", "--set", "x=1"])
    assert result.exit_code == 1 and result.output.startswith("Error: 'x=1' is not NAME=VALUE")
