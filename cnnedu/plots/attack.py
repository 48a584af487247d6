"""An adversarial picture: what was there, the push, what came out, and what the network said."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import ORANGE, style


@style()
def show_attack(picture, sign, pushed, epsilons, of_label, epsilon, name):
    """Draw a picture before and after a push, and the right class's probability against ε.

    Args:
        picture: uint8 (H, W, 3).
        sign: (H, W, 3), the push's direction: −1, 0 or 1.
        pushed: (H, W, 3), from 0 to 255.
        epsilons: (E,), grey levels.
        of_label: (2, E), probability of the right class under attack and under noise.
        epsilon: the one that is shown, grey levels.
        name: of the right class.
    """
    figure, axes = plt.subplots(1, 4, figsize=(10, 2.9), width_ratios=[1, 1, 1, 1.5])
    titles = ("picture", "direction of the push", f"pushed by ε = {epsilon:g}")
    shown = (picture, (127.5 + 110 * sign).astype(np.uint8), pushed.round().astype(np.uint8))
    for ax, one, title in zip(axes, shown, titles, strict=False):
        ax.imshow(one)
        ax.set_title(title, fontsize=11)
        ax.set_axis_off()
    axes[3].plot(epsilons, 100 * of_label[0], label="attack")
    axes[3].plot(epsilons, 100 * of_label[1], "--", label="noise")
    axes[3].axvline(epsilon, color=ORANGE)
    axes[3].set(
        title=f"probability of “{name}”",
        xlabel="ε, grey levels",
        ylabel="probability, %",
        ylim=(0, 100),
    )
    axes[3].legend()
    axes[3].grid(True)
    return figure
