"""Transfer by pictures per class: a panel for each task, and bars that reach over all seeds."""

import pytest

from cnnedu.plots.transfer import show_transfer

WAYS = {
    "linear probe": {"5": [0.2, 0.4], "20": [0.5, 0.5]},
    "from scratch": {"5": [0.1, 0.1], "20": [0.3, 0.9]},
}


def test_panels_share_their_scale_and_one_key():
    figure = show_transfer({"near": WAYS, "far": WAYS}, 0.125)
    near, far = figure.axes
    assert (near.get_title(), far.get_title()) == ("near", "far")
    assert near.get_ylim() == far.get_ylim()
    assert [text.get_text() for text in far.get_xticklabels()] == ["5", "20"]
    assert near.get_legend() is None
    key = {text.get_text() for text in far.get_legend().get_texts()}
    assert key == {*WAYS, "guessing"}


def test_bars_reach_from_the_lowest_to_the_highest():
    (ax,) = show_transfer({"task": WAYS}, chance=0.5).axes
    _, scratch = ax.containers
    assert scratch[0].get_ydata() == pytest.approx([10, 60])
    (bars,) = scratch[2]
    assert [tuple(bar[:, 1]) for bar in bars.get_segments()][1] == pytest.approx((30, 90))
