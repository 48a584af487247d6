"""The log of a run: one row per epoch, as CSV, as JSON and as a line for the terminal."""

import csv
import io
import json

COLUMNS = (
    "epoch",  # 1, 2, …
    "learning_rate",  # at the end of the epoch
    "train_loss",  # mean cross-entropy in nats over the epoch, while the weights changed
    "train_accuracy",  # 0 to 1, likewise
    "validation_loss",  # after the epoch, on the training pictures kept aside
    "validation_accuracy",
    "test_loss",  # in the last row only: the test set is read once, at the end
    "test_accuracy",
    "seconds",  # the epoch took
)


def as_csv(history):
    """Return the log as CSV text: a header and one line per row of `history`.

    Args:
        history: list of dicts with the keys `COLUMNS`; a missing key leaves its field empty.

    >>> header, row = as_csv([{"epoch": 1, "train_loss": 2.302585, "seconds": 14.2}]).split()
    >>> row
    '1,,2.302585,,,,,,14.2'
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(history)
    return text.getvalue()


def as_json(history, record, computed_in):
    """Return the log as JSON text, with the settings and a word about the test set.

    Args:
        history: list of dicts with the keys `COLUMNS`.
        record: dict, the settings of the run.
        computed_in: "float32" or "bfloat16", whatever the settings asked for.
    """
    said = "read once, after the last epoch; nothing was chosen by it"
    about = {"settings": record, "computed in": computed_in, "test set": said}
    return json.dumps(about | {"epochs": history}, indent=1)


def as_line(row):
    """Return one row of the log as a line for the terminal.

    >>> as_line({"epoch": 3, "train_loss": 0.9566, "validation_loss": 0.94,
    ...          "validation_accuracy": 0.6738, "seconds": 14.2})
    'epoch  3: training loss 0.957, validation loss 0.940, validation accuracy 67.4 % (14 s)'
    """
    return (
        f"epoch {row['epoch']:2d}: training loss {row['train_loss']:.3f}, "
        f"validation loss {row['validation_loss']:.3f}, "
        f"validation accuracy {row['validation_accuracy']:.1%}".replace("%", " %")
        + f" ({row['seconds']:.0f} s)"
    )
