import torch
from torch.nn.functional import linear

from cnnedu.plots.autograd import show_graph


def boxes(figure):
    """Return {text in a box: its middle}."""
    texts = [text for text in figure.axes[0].texts if text.get_text()]
    return {text.get_text(): text.get_position() for text in texts if ":" not in text.get_text()}


def labels(figure):
    return [text.get_text() for text in figure.axes[0].texts if ":" in text.get_text()]


def test_the_result_is_on_the_right_and_each_leaf_has_a_box_of_its_own():
    x = torch.ones(1, 3, requires_grad=True)
    w, b = torch.ones(2, 3, requires_grad=True), torch.zeros(2, requires_grad=True)
    scores = linear(x, w, b)
    loss = scores.relu().sum()
    figure = show_graph(loss, {"x": x, "w": w, "b": b, "scores": scores, "loss": loss})
    found = boxes(figure)
    chain = ["Sum", "Relu", "Addmm"]
    across = [found[name][0] for name in chain]
    assert across == sorted(across, reverse=True)
    assert {found[name][1] for name in chain} == {found["Sum"][1]}
    assert set(found) == {*chain, "T", "x.grad", "w.grad", "b.grad", "1"}
    assert len(set(found.values())) == len(found)
    assert set(labels(figure)) == {"loss: one number", "scores: 1×2", "x: 1×3", "w: 2×3", "b: 2"}


def test_there_is_an_arrow_for_each_way_that_the_gradient_goes_and_one_for_the_1_that_comes_in():
    a, b = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0, requires_grad=True)
    figure = show_graph(a * b, {"a": a, "b": b})
    arrows = [text for text in figure.axes[0].texts if not text.get_text()]
    assert len(arrows) == 3
