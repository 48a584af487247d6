import matplotlib.pyplot as plt
import pytest

from cnnedu.plots.curves import curves_png, show_history


def history(epochs):
    return [
        {
            "epoch": epoch,
            "train_loss": 2 / epoch,
            "train_accuracy": 1 - 0.5 / epoch,
            "validation_loss": 2.1 / epoch,
            "validation_accuracy": 1 - 0.6 / epoch,
        }
        for epoch in range(1, epochs + 1)
    ]


def test_every_number_of_the_history_is_in_the_picture():
    rows = history(3)
    rows[-1] |= {"test_loss": 0.7, "test_accuracy": 0.79}
    for axes, quantity in zip(show_history(rows).axes, ("loss", "accuracy"), strict=True):
        train, validation, test = axes.lines
        for line, part in ((train, "train"), (validation, "validation")):
            assert list(line.get_xdata()) == [1, 2, 3]
            assert list(line.get_ydata()) == [row[f"{part}_{quantity}"] for row in rows]
        assert (list(test.get_xdata()), list(test.get_ydata())) == (
            [3],
            [rows[-1]["test_" + quantity]],
        )
        assert train.get_color() != validation.get_color()


def test_axes_are_named_with_their_units_and_lines_in_a_legend():
    left, right = show_history(history(2)).axes
    assert left.get_ylabel() == "cross-entropy (nats)" and right.get_ylabel() == "accuracy (%)"
    assert left.get_xlabel() == right.get_xlabel() == "epoch"
    assert [text.get_text() for text in left.get_legend().get_texts()] == [
        "training, during the epoch",
        "validation, after it",
    ]


@pytest.mark.parametrize("epochs", [1, 2, 10, 100])
def test_epochs_are_whole_numbers(epochs):
    figure = show_history(history(epochs))
    figure.canvas.draw()
    for axes in figure.axes:
        shown = [tick for tick in axes.get_xticks() if 0.5 <= tick <= epochs + 0.5]
        assert shown and all(tick == round(tick) for tick in shown)


def test_nothing_is_left_open_and_the_style_of_others_is_untouched():
    before = dict(plt.rcParams)
    assert curves_png(history(2)).startswith(b"\x89PNG")
    assert plt.get_fignums() == []
    assert dict(plt.rcParams) == before


def test_an_empty_history():
    with pytest.raises(ValueError, match="train for at least one epoch first"):
        show_history([])
