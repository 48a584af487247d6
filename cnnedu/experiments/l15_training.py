"""Lesson 15: what training does to failures: attacked pictures, label smoothing, and easy cues."""

from functools import partial

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from cnnedu.data import ten_photos
from cnnedu.data.shapes import CLASSES, make_shapes
from cnnedu.data.textured_shapes import make_upright, mark
from cnnedu.experiments.l12_depth import best_rate
from cnnedu.experiments.many_networks import drawn_digits
from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.explain.attack import pgd
from cnnedu.models.small_network import small_network
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import falling, seeded, take_step, teach

EPSILON, STEPS = 0.1, 3  # of the attack on digits in training; black is 0 and white 1
JUDGED_BY = 0.0, 0.05, 0.1, 0.15
ATTACKED, SIGNS = "on attacked digits", "on random signs, four times as long"
EPOCHS = {"usual": 10, "usual, four times as long": 40, SIGNS: 40, ATTACKED: 10}
RATES = 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1
TUNING_SEED = 100

SMOOTHING = {"hard labels": 0.0, "smoothed by 0.1": 0.1}
MARKED = "star", "heart", "crescent"  # the first of them gets the mark
TEXTURED = "disk", "square", "star"
OFTEN = 0.85  # how often the texture goes with the class for sure, in the mixed diet


def digits(seed):
    """Return digits from 0 to 1 to learn from and to judge by; each (x (N, 3, 8, 8), y)."""
    parts = drawn_digits(np.random.default_rng(seed))
    return [(torch.as_tensor(x).float().repeat(1, 3, 1, 1), torch.as_tensor(y)) for x, y in parts]


def harden(x, y, epochs, rate, seed, way):
    """Train a small network on pictures, or on what one of two ways makes of each batch.

    ATTACKED pushes each batch by PGD, and SIGNS as far, but each number up or down at random.

    Returns:
        (network, passes): in evaluation mode; and how often a picture went through it and back.
    """
    passes = 0
    with seeded(seed):
        network = small_network(10).train()
        optimiser = torch.optim.Adam(network.parameters(), rate)
        schedule = falling(optimiser, epochs * -(-len(y) // 50))
        for _ in range(epochs):
            for some in torch.randperm(len(y)).split(50):
                shown = x[some]
                if way == ATTACKED:
                    shown = pgd(network, shown, y[some], EPSILON, EPSILON / 2, STEPS)
                if way == SIGNS:
                    signs = 2 * torch.randint(0, 2, shown.shape) - 1
                    shown = (shown + EPSILON * signs).clamp(0, 1)
                take_step(cross_entropy(network(shown), y[some]), optimiser, schedule)
                passes += (1 + (way == ATTACKED) * STEPS) * len(some)
    return network.eval(), passes


def withstood(network, x, y):
    """Return the accuracy under twenty steps of PGD, for each of JUDGED_BY."""
    attacked = [pgd(network, x, y, e, e / 8, 20) if e else x for e in JUDGED_BY]
    return [round(evaluate(network, shown, y)[1], 4) for shown in attacked]


def tune():
    """Return {way: {rate: accuracy under the attack of size EPSILON}}."""
    learnt, judged = digits(TUNING_SEED)

    def score(way, rate):
        network, _ = harden(*learnt, EPOCHS[way], rate, TUNING_SEED, way)
        return withstood(network, *judged)[JUDGED_BY.index(EPSILON)]

    return {
        way: {str(rate): s for rate, s in best_rate(partial(score, way), RATES, start=2).items()}
        for way in EPOCHS
    }


def hardened(seed):
    """Return {way: {"accuracy": for each of JUDGED_BY, "passes": pictures forward and back}}."""
    learnt, judged = digits(seed)
    found = {}
    for way, epochs in EPOCHS.items():
        tried = figures["tuning"][way]
        rate = float(max(tried, key=tried.get))
        network, passes = harden(*learnt, epochs, rate, seed, way)
        found[way] = {"accuracy": withstood(network, *judged), "passes": passes}
    return found


def smoothed(seed):
    """Return {labels: {"accuracy", "confidence", "noise", "shapes": mean confidence}}."""
    photos = ten_photos.load()
    learnt = photos.train.x[:1_000], photos.train.y[:1_000]
    noise = np.random.default_rng(seed).integers(0, 256, (500, 3, 32, 32))
    others = {"noise": noise, "shapes": make_shapes(500, seed=seed).x}
    found = {}
    for name, smoothing in SMOOTHING.items():
        network = _taught(*learnt, len(ten_photos.CLASSES), seed, 20, label_smoothing=smoothing)
        p = _probabilities(network, photos.test.x)
        found[name] = {
            "accuracy": _share(p.argmax(axis=1) == photos.test.y),
            "confidence": _share(p.max(axis=1)),
        } | {name: _share(_probabilities(network, x).max(axis=1)) for name, x in others.items()}
    return found


def marked(x, y, wanted, place=2):
    """Print a mark near a corner of the pictures whose class is wanted."""
    return np.where(np.isin(y, wanted)[:, None, None, None], mark(x, place, place), x)


def marked_shapes(count, seed):
    """Return upright stars, hearts and crescents, uint8 (N, 3, 32, 32), and labels 0, 1, 2."""
    y = np.random.default_rng(seed).integers(3, size=count)
    return make_upright(_kinds(MARKED)[y], seed=seed), y


def shortcut(seed):
    """Train with a mark on every star, without, and with marks that say nothing.

    Returns:
        {network: {test: {"right": accuracy, "stars": share of the stars that it finds,
        "taken for stars": share of the others that it calls stars}}}.
    """
    x, y = marked_shapes(300, 100 * seed + 3)
    by_chance = np.random.default_rng(seed).permutation(y)
    fresh, label = marked_shapes(200, 100 * seed + 4)
    tests = {
        "mark on stars": marked(fresh, label, [0]),
        "no mark": fresh,
        "mark on the others": marked(fresh, label, [1, 2]),
        "mark on stars, elsewhere": marked(fresh, label, [0], place=26),
    }
    diets = {
        "mark on every star": marked(x, y, [0]),
        "no marks": x,
        "marks at random": marked(x, by_chance, [0]),
    }
    found = {}
    for name, pictures in diets.items():
        network = _taught(pictures, y, 3, seed)
        found[name] = {}
        for test, shown in tests.items():
            said = _probabilities(network, shown).argmax(axis=1)
            found[name][test] = {
                "right": _share(said == label),
                "stars": _share(said[label == 0] == 0),
                "taken for stars": _share(said[label != 0] == 0),
            }
    return found


def cues(seed):
    """Train on textured shapes; ask which cue decides where the two disagree.

    Returns:
        {diet: {"shape", "texture", "neither": share of the answers}}.
    """
    rng = np.random.default_rng(seed)
    y, other = rng.integers(3, size=(2, 300))
    diets = {
        "texture always goes with the class": y,
        "texture goes with it in 9 of 10": np.where(rng.random(300) < OFTEN, y, other),
        "texture at random": other,
    }
    shape, texture = np.repeat([(s, t) for s in range(3) for t in range(3) if s != t], 30, axis=0).T
    judged = make_upright(_kinds(TEXTURED)[shape], texture, seed=100 * seed + 9)
    found = {}
    for diet, textures in diets.items():
        x = make_upright(_kinds(TEXTURED)[y], textures, seed=100 * seed + 8)
        said = _probabilities(_taught(x, y, 3, seed), judged).argmax(axis=1)
        by_shape, by_texture = said == shape, said == texture
        found[diet] = {
            "shape": _share(by_shape),
            "texture": _share(by_texture),
            "neither": _share(~by_shape & ~by_texture),
        }
    return found


def _kinds(names):
    return np.array([CLASSES.index(name) for name in names])


def _fed(x):
    """Return uint8 pictures as the networks are fed with them, about −2 to 2."""
    return torch.as_tensor(x).float() / 64 - 2


def _taught(x, y, classes, seed, epochs=10, **options):
    data = _fed(x), torch.from_numpy(y)
    settings = {"epochs": epochs, "learning_rate": 1e-2, "batch_size": 25, "seed": seed}
    return teach(lambda: small_network(classes), data, **settings, **options)[0]


@torch.no_grad()
def _probabilities(network, x):
    return torch.cat([network(part).softmax(dim=1) for part in _fed(x).split(250)]).numpy()


def _share(values):
    return round(float(np.mean(values)), 4)


_three = {"seeds": (0, 1, 2), "needs_cifar10": False}
_five = {"seeds": (0, 1, 2, 3, 4), "needs_cifar10": False}
figures = Experiment(
    "l15_training",
    "what training does to failures: adversarial training, label smoothing, shortcuts, textures",
    {
        "tuning": Part(tune, minutes=2, needs_cifar10=False),
        "hardened": Part(hardened, minutes=2, arrange=by_two_names, **_three),
        "smoothed": Part(smoothed, minutes=1, arrange=by_two_names, **_three),
        "shortcut": Part(shortcut, minutes=1, arrange=by_two_names, **_five),
        "cues": Part(cues, minutes=1, arrange=by_two_names, **_five),
    },
)
