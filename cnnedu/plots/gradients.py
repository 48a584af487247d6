"""How well finite differences agree with a gradient."""

import matplotlib.pyplot as plt

from cnnedu.plots.style import style


def show_step_sizes(steps, curves):
    """Draw the error of a gradient check against its step, both logarithmic.

    Args:
        steps: the steps h.
        curves: {name: relative errors, one for each step}.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, ax = plt.subplots(figsize=(7.6, 4))
        for (name, errors), marker in zip(curves.items(), "os^v", strict=False):
            ax.loglog(steps, errors, marker=marker, label=name)
        ax.set(xlabel="step h", ylabel="largest relative error of the gradient")
        ax.grid(True)
        ax.legend(loc="upper center")
    plt.close(figure)
    return figure
