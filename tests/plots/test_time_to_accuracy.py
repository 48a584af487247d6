from cnnedu.plots.time_to_accuracy import show_time_to_accuracy


def run(recipe, pace, epochs):
    rows = [
        {"seconds": pace * epoch, "validation_accuracy": 1 - 0.5 / epoch}
        for epoch in range(1, epochs + 1)
    ]
    rows[-1]["test_accuracy"] = 0.77
    return {"recipe": recipe, "epochs": rows}


def test_each_run_is_a_line_each_recipe_a_colour_and_each_test_a_mark():
    runs = [run("classic", 11, 4), run("fast", 15, 3), run("fast", 16, 3)]
    axes = show_time_to_accuracy(runs).axes[0]
    lines = [line for line in axes.lines if len(line.get_xdata()) > 1]
    assert [list(line.get_xdata()) for line in lines] == [
        [11, 22, 33, 44],
        [15, 30, 45],
        [16, 32, 48],
    ]
    colours = [line.get_color() for line in lines]
    assert colours[0] != colours[1] == colours[2]
    tests = [line for line in axes.lines if len(line.get_xdata()) == 1]
    found = [(line.get_xdata()[0], line.get_ydata()[0]) for line in tests]
    assert found == [(44, 0.77), (45, 0.77), (48, 0.77)]
    named = [text.get_text() for text in axes.get_legend().get_texts()]
    assert named == ["classic", "fast", "test, read once"]
    assert axes.get_xlabel() == "time (s)" and axes.get_ylabel() == "validation accuracy (%)"
