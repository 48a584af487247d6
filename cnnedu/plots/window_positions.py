"""The positions of a window along one axis, a line for each."""

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

from cnnedu.kernels import output_size
from cnnedu.plots.grids import HATCH
from cnnedu.plots.style import GREY, RED, style

SEEN, PIXEL = {"facecolor": "#9CC5E0"}, {"facecolor": "white"}
PADDING = {"facecolor": "black", "hatch": HATCH}
EXTRAS = "stride", "padding", "dilation"


@style()
def show_positions(settings):
    """Draw a row of pixels and, below it, each position of a window; one panel per setting.

    Pixels carry their column, padding is black and hatched, and pixels that no window sees are
    crossed out.

    Args:
        settings: list of dicts with the arguments of `cnnedu.kernels.output_size`: size,
            kernel_size, and where they aren't 1, 0, 1: stride, padding, dilation.
    """
    counts = [output_size(**setting) for setting in settings]
    widths = [s["size"] + 2 * s.get("padding", 0) + 1.5 for s in settings]
    size = (min(10, 0.33 * sum(widths)), 0.28 * (max(counts) + 4) + 0.5)
    figure, axes = plt.subplots(1, len(settings), figsize=size, width_ratios=widths, squeeze=False)
    for ax, setting, count in zip(axes[0], settings, counts, strict=True):
        _panel(ax, setting, count)
        ax.set(ylim=(max(counts) + 1.9, -0.9))
    return figure


def _panel(ax, setting, count):
    """Draw the row of pixels and the `count` positions of one setting."""
    size, kernel = setting["size"], setting["kernel_size"]
    stride, padding = setting.get("stride", 1), setting.get("padding", 0)
    dilation = setting.get("dilation", 1)
    starts = [i * stride - padding for i in range(count)]
    seen = {start + u * dilation for start in starts for u in range(kernel)}
    for place in range(-padding, size + padding):
        inside = 0 <= place < size
        _cell(ax, place, 0, **(PIXEL if inside else PADDING))
        if inside:
            ax.text(place + 0.5, 0.5, place, ha="center", va="center", fontsize=9)
        if inside and place not in seen:
            for ends in ((0, 1), (1, 0)):
                ax.plot([place, place + 1], ends, color=RED, linewidth=2)
    for i, start in enumerate(starts):
        for u in range(kernel):
            _cell(ax, start + u * dilation, i + 1.4, **SEEN)
        ax.text(-padding - 0.3, i + 1.9, i, ha="right", va="center", fontsize=9, color=GREY)
    extra = [f"{name} {setting[name]}" for name in EXTRAS if name in setting]
    ax.set_title("\n".join([f"{size} pixels, window {kernel}", *extra]), fontsize=11)
    outputs = f"{count} output{'s' * (count > 1)}"
    ax.text(size / 2, count + 1.7, outputs, ha="center", va="top", fontsize=10)
    ax.set(xlim=(-padding - 1, size + padding + 0.3))
    ax.set_axis_off()


def _cell(ax, column, row, **look):
    ax.add_patch(Rectangle((column, row), 1, 1, edgecolor="#777777", linewidth=0.8, **look))
