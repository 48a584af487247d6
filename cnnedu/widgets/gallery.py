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


# A widget that works without arguments needs no line here.
EXAMPLES = {
    "ConvolutionStepper": lambda: widgets.ConvolutionStepper(position=(2, 3)),
    "Quiz": _quiz,
    "ReceptiveField": _receptive_field,
    "TrainingDashboard": _training_dashboard,
}


def names():
    """Return the names of all widgets that the package offers.

    >>> "Quiz" in names() and "offline_page" not in names()
    True
    """
    kinds = vars(widgets).items()
    return sorted(name for name, k in kinds if isinstance(k, type) and issubclass(k, Widget))


def gallery():
    """Return a page of all widgets, each below its name and the first line of its docstring."""
    made = [EXAMPLES.get(name, getattr(widgets, name))() for name in names()]
    return offline_page(made, "The widgets of the course", [_caption(name) for name in names()])


def _caption(name):
    """Return a widget's name and the first line of its docstring."""
    return name, getattr(widgets, name).__doc__.splitlines()[0].replace("`", "")
