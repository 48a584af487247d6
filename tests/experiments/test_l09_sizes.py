"""Networks of several sizes on few digits: what is compared, and what lesson 09 says."""

import numpy as np
import pytest
import torch

from cnnedu.experiments import l09_sizes as sizes
from cnnedu.models.digit_network import digit_network


def paired(runs, others):
    """Return the mean difference in its standard errors."""
    difference = np.subtract(runs, others)
    return difference.mean() / (difference.std(ddof=1) / len(difference) ** 0.5)


def test_the_smallest_is_lesson_08s_network_and_the_others_are_as_large_as_their_names():
    for size in sizes.WIDTHS:
        count = sum(p.numel() for p in sizes.build(size, 0).parameters())
        assert size == f"{count:,}"
    ours = [parameter.value.shape for parameter in digit_network().parameters()]
    assert [tuple(p.shape) for p in sizes.digit_network(1).parameters()] == ours


def test_all_begin_with_the_same_kind_of_weights():
    for size in sizes.WIDTHS:
        network = sizes.build(size, 0)
        fan_in = network.conv2.weight[0].numel()
        assert network.conv2.weight.std().item() == pytest.approx((2 / fan_in) ** 0.5, rel=0.05)
        assert not network.dense.bias.any()


def test_digits_to_learn_from_and_new_ones_are_drawn_afresh_and_differ():
    (x, y), (new_x, new_y) = sizes.drawn_digits(0)
    assert len(y) == 80 and len(new_y) == 360
    known = {picture.numpy().tobytes() for picture in x}
    assert sum(picture.numpy().tobytes() in known for picture in new_x) == 0
    assert not torch.equal(y, sizes.drawn_digits(1)[0][1])


def test_the_same_seed_gives_the_same_result():
    assert sizes.learnt("6,090", 0.03, 20, 0) == sizes.learnt("6,090", 0.03, 20, 0)


def test_more_weights_learn_more_from_the_same_digits_and_steps():
    """What lesson 09 says came out, from three errors on."""
    learnt = sizes.figures["learnt"]
    for rows in learnt.values():
        assert paired(rows["306,698"], rows["6,090"]) > 3
        assert abs(paired(rows["306,698"], rows["79,626"])) < 3
        assert 0 < paired(rows["79,626"], rows["6,090"]) < 3
    leads = [np.mean(rows["306,698"]) - np.mean(rows["6,090"]) for rows in learnt.values()]
    assert [round(lead) for lead in leads] == [12, 2]
    scatter = [np.std(runs, ddof=1) for runs in learnt["40 steps"].values()]
    assert [round(min(scatter)), round(max(scatter))] == [9, 12]
    assert len(sizes.RATES) == 6 and len(sizes.TUNING_SEEDS) == 2


def test_no_rate_is_the_first_or_the_last_of_those_tried():
    """Else a better one might lie beyond."""
    found = [rate for rows in sizes.figures["rates"].values() for rate in rows.values()]
    assert set(found) <= set(sizes.RATES[1:-1])
