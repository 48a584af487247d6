import numpy as np
import pytest

from cnnedu.plots import show_stack
from cnnedu.plots.filters import show_kernels


@pytest.mark.parametrize("F", [1, 4])
def test_no_sheet_filter_or_map_hides_another(F):
    rng = np.random.default_rng(0)
    maps = rng.normal(size=(F, 28, 28)) * np.arange(1, F + 1)[:, None, None]
    names = [f"filter {f}" for f in range(F)]
    figure = show_stack(rng.random((3, 30, 30)), rng.normal(size=(F, 3, 3, 3)), maps, names)
    axes = [ax for ax in figure.findobj(lambda o: hasattr(o, "get_images")) if ax.get_images()]
    assert len(axes) == 3 + 3 * F + F
    figure.canvas.draw()
    boxes = [ax.get_window_extent() for ax in axes]
    for i, box in enumerate(boxes):
        assert box.width > 10 and figure.bbox.containsx(box.x0) and figure.bbox.containsx(box.x1)
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])
    # Each map has colours of its own, symmetric about 0, and their range stands below it.
    for ax, feature_map, name in zip(axes[-F:], maps, names, strict=True):
        low, high = ax.get_images()[0].get_clim()
        assert -low == high == np.percentile(np.abs(feature_map), 99)
        assert ax.get_title() == name and f"±{high:.1f}" in ax.get_xlabel()


def test_kernels_share_one_range_of_colours():
    figure = show_kernels([np.eye(3), -2 * np.eye(3)], ["a", "b"], ["small", "large"], columns=3)
    one, two, unused = figure.axes
    colours = [ax.collections[0].norm for ax in (one, two)]
    assert colours[0].vmax == colours[1].vmax == -colours[0].vmin >= 2
    assert not unused.get_visible()
    assert [text.get_text() for text in two.texts][:2] == ["−2", "0"]
    assert (one.get_title(), two.get_xlabel()) == ("a", "large")
