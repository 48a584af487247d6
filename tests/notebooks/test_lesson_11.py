"""Lesson 11 and its claims: what they say of measured gains holds in the stored figures."""

import re
from collections import ChainMap

import numpy as np
from notebooks.stored import printed

from cnnedu.experiments import l11_batch_noise, l11_photographs, l11_regularisation

FIGURES = ChainMap(l11_regularisation.figures, l11_photographs.figures)


def in_errors(differences):
    """Return the mean of paired differences, in standard errors of this mean."""
    return np.mean(differences) / error(differences)


def error(differences):
    return np.std(differences, ddof=1) / len(differences) ** 0.5


def gain(part, name, quantity="held_out", other="nothing"):
    """Return by how much a remedy changes each run, compared with the run of the same seed."""
    return np.subtract(
        *([run[quantity] for run in FIGURES[part][row]] for row in (name, other)),
    )


def test_batch_norm_helps_by_normalising_and_not_by_its_noise():
    arms = {name: np.array(runs) for name, runs in l11_batch_noise.figures["held_out"].items()}
    normalising = arms["normalising alone"] - arms["neither"]
    assert in_errors(normalising) > 3 and 4 < normalising.mean() < 5
    noise = arms["noise alone"] - arms["neither"]
    assert abs(in_errors(noise)) < 3 and abs(noise.mean()) + 3 * error(noise) < 1.1
    assert abs(in_errors(arms["batch norm"] - arms["normalising alone"])) < 3
    assert in_errors(arms["batch norm"] - arms["noise alone"]) > 3


def mean(part, name, quantity):
    return np.mean([run[quantity] for run in FIGURES[part][name]])


def gaps(part, name):
    """Return each run's gap between training and held-out accuracy."""
    known, new = ([run[key] for run in FIGURES[part][name]] for key in ("training", "held_out"))
    return np.subtract(known, new)


def test_what_is_seen():
    for name, low, high in (
        ("batch norm", 3.5, 4.5),
        ("label smoothing", 4.5, 5),
        ("cut-out", 1.5, 2.5),
    ):
        difference = gain("digits", name)
        assert in_errors(difference) > 3 and low < difference.mean() < high
    difference = gain("photos", "batch norm")
    assert in_errors(difference) > 3 and difference.mean() > 10


def test_what_is_not_seen_with_digits():
    for name in ("early stopping", "L2 in the loss", "weight decay"):
        difference = gain("digits", name)
        assert abs(in_errors(difference)) < 3
        low, high = difference.mean() + 3 * error(difference) * np.array([-1, 1])
        assert -1.2 < low < -0.9 and 0.4 < high < 0.7
    assert in_errors(gain("digits", "early stopping", "loss")) < -3


def test_early_stopping_stops_while_the_rate_is_high():
    epochs = [run["epochs"] for run in FIGURES["digits"]["early stopping"]]
    assert max(epochs) < 0.7 * l11_regularisation.DIGITS.epochs


def test_label_smoothing_does_not_carry_over():
    assert abs(in_errors(gain("photos", "label smoothing"))) < 3
    strengths = [FIGURES[f"{part}_settings"]["label smoothing"][0] for part in ("photos", "digits")]
    assert strengths == [0.1, 0.3]


def test_the_gap_is_not_the_goal():
    single = [name for name in FIGURES["photos"] if name not in ("nothing", "several together")]
    for name in set(single) - {"dropout"}:
        assert in_errors(gaps("photos", name) - gaps("photos", "dropout")) > 3
    assert in_errors(gain("photos", "batch norm", other="dropout")) > 3


def test_label_smoothing_gains_accuracy_and_raises_the_loss():
    assert in_errors(gain("digits", "label smoothing", "loss")) > 3


def test_remedies_do_not_simply_add_up():
    together = "several together"
    assert in_errors(gain("photos", together)) > 3
    assert abs(in_errors(gain("photos", together, other="batch norm"))) < 3
    assert in_errors(gain("digits", together, other="batch norm")) < -3
    assert mean("digits", together, "training") < 95 < 99 < mean("digits", "nothing", "training")
    milder = re.search(r"held out (\d+)%", printed("11_regularisation", "as_they_are = evaluate"))
    assert int(milder[1]) > mean("digits", together, "held_out")


def test_augmentation_does_not_always_help():
    for name, low, high in (("mirror", -5, -4.5), ("half turns", -4, -3)):
        assert in_errors(gain("digits", name)) < -3 and low < gain("digits", name).mean() < high
    lost = -gain("digits", "half turns", "recall")  # (runs, classes)
    six_and_nine, others = (
        lost[:, [6, 9]].mean(axis=1),
        np.delete(lost, [6, 9], axis=1).mean(axis=1),
    )
    assert in_errors(six_and_nine - others) > 3 and six_and_nine.mean() > 3 * others.mean()
    assert gain("photos", "mirror").mean() > 0
    assert mean("brief", "shift", "training") < 91 and mean("brief", "nothing", "training") > 99
    assert in_errors(gain("brief", "shift")) < -3 and -10 < gain("brief", "shift").mean() < -9
    assert abs(in_errors(gain("digits", "shift"))) < 3 and gain("digits", "shift").mean() > 0


def test_even_the_plain_run_on_photographs_chose_the_largest_rate():
    rate = {name: rate for name, (_, rate) in FIGURES["photos_settings"].items()}
    assert rate["nothing"] == max(l11_regularisation.RATES)
