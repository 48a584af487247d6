import numpy as np

from cnnedu.plots.recipe_race import show_recipe_race

RUNGS = [
    {"name": "plain", "accuracies": [70.0, 72.0], "seconds": 10.0},
    {"name": "+ flips", "accuracies": [74.0, 76.0], "seconds": 12.0},
    {"name": "+ views", "accuracies": [74.5, 76.0], "seconds": 15.0},
]


def marks(axes):
    """The places of all marks that stand alone, and whether each is filled."""
    return [
        (float(x), float(y), line.get_markerfacecolor() != "w")
        for line in axes.lines
        if line.get_marker() == "o"
        for x, y in zip(*line.get_data(), strict=True)
    ]


def test_rungs_above_the_chosen_one_are_not_given_away():
    left, right = show_recipe_race(RUNGS, np.array([4.0, 0.25]), 0.5, 1, "title").axes
    seen = {(x, y) for x, y, _ in marks(left)}
    assert seen == {(10, 70), (10, 71), (10, 72), (12, 74), (12, 75), (12, 76)}
    assert [(x, y) for x, y, _ in marks(right)] == [(4, 1)]
    assert [t.get_text() for t in right.get_yticklabels()][2] == "2  + views"


def test_each_rung_has_its_number_and_no_number_hides_a_dot_or_another():
    rungs = [{"name": str(k), "accuracies": [70.0], "seconds": 50 + 1.7 * k} for k in range(7)]
    figure = show_recipe_race(rungs, np.zeros(6), np.nan, 6, "title")
    figure.canvas.draw()
    left = figure.axes[0]
    assert [text.get_text() for text in left.texts] == list("0123456")
    boxes = [text.get_window_extent() for text in left.texts]
    dots = left.transData.transform([(r["seconds"], r["accuracies"][0]) for r in rungs])
    assert not any(box.contains(*dot) for box in boxes for dot in dots)
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_a_gain_is_full_where_it_is_seen():
    _, right = show_recipe_race(RUNGS, np.array([4.0, 0.25]), 0.5, 2, "title").axes
    assert marks(right) == [(4, 1, True), (0.25, 2, False)]
    assert "full: seen" in right.get_xlabel()
    _, right = show_recipe_race(RUNGS, np.array([4.0, 0.25]), np.nan, 2, "title").axes
    assert [full for *_, full in marks(right)] == [False, False]
    assert "seen" not in right.get_xlabel()


def test_the_axes_stay_where_they_are_as_one_climbs():
    limits = set()
    for height in range(3):
        axes = show_recipe_race(RUNGS, np.array([4.0, 0.25]), 0.5, height, "title").axes
        limits.add(tuple(limit for ax in axes for limit in (*ax.get_xlim(), *ax.get_ylim())))
    assert len(limits) == 1
