import numpy as np
import pytest

from cnnedu.plots.learning_curves import show_history, show_learning, show_overfitting


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


def test_an_empty_history():
    with pytest.raises(ValueError, match="train for at least one epoch first"):
        show_history([])


def test_batches_and_held_out_figures_share_one_axis():
    curve = np.array([[1, 2.3, 0.1], [2, 1.9, 0.3], [4, 1.2, 0.5]])
    epochs = {"held_out_loss": [1.8, 1.1], "held_out_accuracy": [0.35, 0.55], "seconds": [1, 1]}
    left, right = show_learning(curve, epochs, epoch_length=2, total=10).axes
    assert [line.get_label() for line in left.lines] == ["batches", "held out"]
    for axes, column, scale in ((left, 1, 1), (right, 2, 100)):
        batches, held_out = axes.lines
        assert batches.get_xdata().tolist() == [1, 2, 4]
        assert batches.get_ydata().tolist() == (scale * curve[:, column]).tolist()
        assert held_out.get_xdata().tolist() == [2, 4]
        assert axes.get_xlim() == (0, 10) and axes.get_xlabel() == "batch"
    assert left.lines[1].get_ydata().tolist() == [1.8, 1.1]
    assert right.lines[1].get_ydata().tolist() == pytest.approx([35, 55])
    assert right.get_ylim() == (0, 100) and left.get_ylim()[0] == 0


def test_a_dashboard_before_the_first_batch():
    left, right = show_learning(np.zeros((0, 3)), {}, epoch_length=2, total=0).axes
    assert left.get_legend() is None and left.get_xlim() == right.get_xlim() == (0, 1)


def test_the_gap_and_the_best_epoch_are_marked():
    parts = {"loss": [2, 1], "accuracy": [0.3, 0.9], "held_out_loss": [2.5, 2]}
    figure = show_overfitting(parts | {"held_out_accuracy": [0.2, 0.4]}, best=2)
    learnt, held_out, best = figure.axes[1].lines
    assert learnt.get_ydata().tolist() == [30, 90] and held_out.get_ydata().tolist() == [20, 40]
    assert best.get_xdata() == [2, 2]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        "gap",
        "training, during the epoch",
        "held out, after it",
        "lowest held-out loss: 2",
    ]
    alone = show_overfitting(parts | {"held_out_accuracy": [0.2, 0.4]}, gap=False)
    assert not any(axes.collections for axes in alone.axes)
