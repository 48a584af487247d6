import numpy as np

from cnnedu.plots.explanations import show_favourites


def test_each_unit_has_its_made_picture_and_a_ring_where_the_others_excite_it():
    made, liked = np.full((3, 4, 4), 0.5), np.full((3, 8, 8), 200, np.uint8)
    found = {"conv1": (3, 5), "conv2": (0, 7)}
    figure = show_favourites(
        {
            layer: [(unit, made, [(liked, (0.25, 0.5)), (liked, (1, 0))]) for unit in units]
            for layer, units in found.items()
        }
    )
    halves = [half.axes for half in figure.subfigs]
    assert [len(half) for half in halves] == [6, 6]
    names = [half[row].get_ylabel() for row in (0, 3) for half in halves]
    assert names == ["conv1\nmap 3", "conv1\nmap 5", "conv2\nmap 0", "conv2\nmap 7"]
    first, second = halves[0][1], halves[0][2]
    for axes, place in ((first, (3.5, 1.5)), (second, (-0.5, 7.5))):
        assert {(*line.get_xdata(), *line.get_ydata()) for line in axes.lines} == {place}
