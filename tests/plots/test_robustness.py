import pytest

from cnnedu.plots.robustness import show_attacks, show_cues, show_robustness


def test_shares_of_the_cues_add_up_to_a_bar():
    shares = {
        "one": {"shape": 0.2, "texture": 0.75, "neither": 0.05},
        "other": {"shape": 0.6, "texture": 0.3, "neither": 0.1},
    }
    axes = show_cues(shares).axes[0]
    for part, cue in zip(axes.containers, ("shape", "texture", "neither"), strict=True):
        assert part.get_label() == cue
        widths = [100 * by_cue[cue] for by_cue in shares.values()]
        assert [bar.get_width() for bar in part] == pytest.approx(widths)
    ends = [bar.get_x() + bar.get_width() for bar in axes.containers[-1]]
    assert ends == pytest.approx([100, 100]) and axes.get_xlim() == (0, 100)
    written = [text.get_text() for text in axes.texts]
    assert written == ["20 %", "60 %", "75 %", "30 %", "", "10 %"]  # no room for 5 %
    assert axes.yaxis_inverted() and axes.get_xlabel() == "answers, %"


def bars(axes):
    """Return the (lower, upper) ends of the error bars of each curve."""
    return [
        [tuple(segment[:, 1]) for segment in curve[2][0].get_segments()]
        for curve in axes.containers
    ]


def test_several_runs_have_a_range_and_one_run_a_standard_error():
    panels = {"noise": ([0, 8], {"a": [[0.5, 0.2], [0.7, 0.4]]}), "shift": ([0], {"a": [0.5]})}
    noise, shift = show_robustness(panels, pictures=100).axes
    assert noise.lines[0].get_ydata().tolist() == pytest.approx([60, 30])
    assert bars(noise)[0] == [pytest.approx((50, 70)), pytest.approx((20, 40))]
    assert bars(shift)[0] == [pytest.approx((45, 55))]
    assert noise.get_xlabel() == "deviation, grey levels"
    assert shift.get_xlabel() == "pixels to the right"
    attacks = show_attacks([0, 4], {"sign": [0.5, 0.5], "noise": [0.5, 0.9]}, 100).axes[0]
    assert bars(attacks)[1] == [pytest.approx((45, 55)), pytest.approx((87, 93))]
