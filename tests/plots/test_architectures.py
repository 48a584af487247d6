from cnnedu.plots.architectures import show_costs, show_gradients


def test_a_method_has_one_look_in_both_panels():
    by_depth = {"plain": {8: 0.5, 20: 0.01}, "skips": {8: 0.6, 20: 0.4}}
    by_layer = {"plain": [0.01, 0.1, 1], "skips": [0.4, 0.5, 0.6]}
    figure = show_gradients(by_depth, by_layer, 20)
    left, right = figure.axes
    assert left.get_yscale() == right.get_yscale() == "log"
    assert list(left.get_xticks()) == [8, 20] and "20 layers" in right.get_title()
    for name, one, other in zip(by_depth, left.lines, right.lines, strict=True):
        assert one.get_ydata().tolist() == list(by_depth[name].values())
        assert other.get_xdata().tolist() == [1, 2, 3]
        assert other.get_ydata().tolist() == by_layer[name]
        assert (one.get_color(), one.get_linestyle()) == (other.get_color(), other.get_linestyle())
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["plain", "skips"]


def test_costs_are_written_in_words():
    axes = show_costs({"a": (1e6, 2e3), "b": (3e9, 5e6)}, left=["b"]).axes[0]
    assert axes.xaxis.get_major_formatter()(2e6, 0) == "2 M"
    assert axes.yaxis.get_major_formatter()(1e3, 0) == "1 k"
    assert [text.get_ha() for text in axes.texts] == ["left", "right"]
