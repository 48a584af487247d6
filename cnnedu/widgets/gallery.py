"""The gallery: one page with an example of every widget of the course, which works offline."""

import cnnedu.widgets as widgets
from cnnedu.widgets.base import Widget
from cnnedu.widgets.offline import offline_page


def _quiz():
    """Return a quiz of one question."""
    return widgets.Quiz(
        widgets.Question(
            "How many outputs does a 3×3 kernel give on an 8×8 picture?",
            widgets.Right("36", "The window fits in 8 − 3 + 1 = 6 places per side; 6 · 6 = 36."),
            widgets.Wrong("64", "The window must not stick out: count the places where it fits."),
        )
    )


def _draw_curve():
    """Return empty axes for the speed of a falling stone, and a slower one for orientation."""
    seconds = range(6)
    return widgets.DrawCurve(
        seconds,
        [9.81 * t for t in seconds],
        "time, s",
        "speed of a stone that falls, m/s",
        ylim=(0, 60),
        given={"on the moon": [1.62 * t for t in seconds]},
    )


def _feature_atlas():
    """Return an atlas of made-up units that like stripes of one direction."""
    from types import SimpleNamespace

    import numpy as np

    across = np.arange(48)

    def stripes(angle, width):
        wave = np.cos(angle) * across + np.sin(angle) * across[:, None]
        light = 127 + 110 * np.sin(2 * np.pi * wave / width)
        return np.repeat(light[:, :, None], 3, axis=2).astype(np.uint8)

    def unit(number, width):
        drawings = [stripes(number / 2 + turn, width) for turn in (0, 0.2, 0.4)]
        return SimpleNamespace(
            number=number, drawings=drawings, patches=drawings[:2], gain=1 + number / 2
        )

    def rows(units):
        return {
            stage: [unit(number, width) for number in range(units)]
            for stage, width in {"stage1": 6, "stage2": 12}.items()
        }

    return widgets.FeatureAtlas({"trained": rows(3), "random weights": rows(2)}, place=(1, 2))


def _receptive_field():
    """Return the receptive fields of a small network with random weights."""
    import numpy as np

    from cnnedu import nn

    random = np.random.default_rng(0)
    layers, channels = [], 3
    for filters in (16, 16, 32, 32):
        layers += [nn.Conv2d(channels, filters, 3, padding=1, rng=random), nn.ReLU()]
        channels = filters
    layers.insert(4, nn.MaxPool2d(2))
    return widgets.ReceptiveField(nn.Sequential(*layers))


def _recipe_race():
    """Return the race of a recipe of four made-up rungs; one pair of them isn't measured."""
    runs = {
        "plain": ([0.700, 0.710, 0.706], 100),
        "+ flips": ([0.740, 0.742, 0.748], 104),
        "+ shifts": ([0.752, 0.748, 0.757], 110),
        "+ views": ([0.768, 0.772, 0.774], 111),
    }
    climb = {
        rung: {"validation_accuracy": accuracies, "seconds": [seconds] * 3}
        for rung, (accuracies, seconds) in runs.items()
    }
    return widgets.RecipeRace(
        climb,
        without={"+ flips": [0.73, 0.74, 0.738]},
        whole=runs["+ views"][0],
        words={"+ flips": "flip=never", "+ shifts": "shift=0"},
        command="cnnedu train --recipe fast",
    )


def _training_dashboard():
    """Return the dashboard of a short training on the digits, which has finished."""
    import numpy as np

    from cnnedu import nn
    from cnnedu.data.digits import load_digits

    random = np.random.default_rng(0)
    data, held_out = load_digits()
    network = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1, rng=random),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(128, 10, rng=random),
    )
    optimiser = nn.Adam(network.parameters(), lr=3e-3)
    dashboard = widgets.TrainingDashboard(
        nn.fit, network, data, optimiser, epochs=2, held_out=held_out, rng=random
    )
    dashboard.start().wait()
    return dashboard


def _training_monitor():
    """Return the monitor of two runs made up by formulas: one learns, one falls silent."""
    from types import SimpleNamespace

    import numpy as np

    steps = np.arange(1, 101)

    def bins(low, high, middle, spread):
        centres = np.linspace(low, high, 41)[:-1] + (high - low) / 80
        shares = np.exp(-(((centres - middle) / spread) ** 2))
        return shares / shares.sum()

    def made(loss, middle, ratio, silent):
        at = steps[9::10]
        kept = {
            "steps": at.tolist(),
            "activations": [
                [bins(-5, 5, middle(k), 1.5), bins(-5, 5, middle(k) / 2, 1.2)] for k in at
            ],
            "gradients": [[bins(-8, 2, -2 - k / 100, 1), bins(-8, 2, -1, 1)] for k in at],
            "ratios": [[ratio(k), 2 * ratio(k)] for k in at],
            "silent": [[silent(k), silent(k) / 2] for k in at],
        }
        return SimpleNamespace(
            layers=["conv", "dense"],
            losses=loss(steps).tolist(),
            rates=[0.1] * len(steps),
            held_out=[(50, 0.7), (100, 0.9)],
            snapshots=kept,
        )

    healthy = made(
        lambda k: 2.3 * np.exp(-k / 40), lambda k: 1 - k / 100, lambda k: 0.01, lambda k: 0.05
    )
    silenced = made(
        lambda k: 2.3 + np.exp(-k / 9), lambda k: -k / 40, lambda k: 1 / k**2, lambda k: k / 100
    )
    return widgets.TrainingMonitor({"healthy": healthy, "rate too high": silenced})


# A widget that works without arguments needs no line here.
EXAMPLES = {
    "ConvolutionStepper": lambda: widgets.ConvolutionStepper(position=(2, 3)),
    "DrawCurve": _draw_curve,
    "FeatureAtlas": _feature_atlas,
    "GraphStepper": lambda: widgets.GraphStepper(step=6),
    "Im2colStepper": lambda: widgets.Im2colStepper(position=(3, 0), pixel=(0, 3, 2)),
    "Quiz": _quiz,
    "ReceptiveField": _receptive_field,
    "RecipeRace": _recipe_race,
    "TrainingDashboard": _training_dashboard,
    "TrainingMonitor": _training_monitor,
}


def names():
    """Return the names of all widgets that the package offers.

    >>> "Quiz" in names() and "offline_page" not in names()
    True
    """
    kinds = vars(widgets).items()
    return sorted(name for name, k in kinds if isinstance(k, type) and issubclass(k, Widget))


def examples():
    """Yield the name of each widget, the first line of its docstring, and an example of it."""
    for name in names():
        kind = getattr(widgets, name)
        yield name, kind.__doc__.splitlines()[0].replace("`", ""), EXAMPLES.get(name, kind)()


def gallery():
    """Return a page of all widgets, each below its name and the first line of its docstring."""
    *captions, made = zip(*examples(), strict=True)
    title = "The widgets of the course"
    return offline_page(made, title, list(zip(*captions, strict=True)))
