"""What lessons 00 and 01 say of their measurements is what was measured."""

import ast
import re

import numpy as np
import pytest
from notebooks.stored import printed

from cnnedu.data import edge_kernel, photo, shrink, smiley, square
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.kernels import correlate2d
from cnnedu.models.pretrained import load_pretrained
from harness.course import ROOT


def seen(lefts):
    """The squares of the photograph at these left edges, as a network gets them."""
    squares = [shrink(square(photo("cat"), top=0, left=left, size=300), 32) for left in lefts]
    return np.stack(squares).transpose(0, 3, 1, 2)


def test_classic_is_right_at_a_third_of_the_places_and_as_sure_when_it_is_wrong():
    classic, fast = printed("00_start_here", "at most").strip().split("\n\n")
    found = {}
    for line in classic.splitlines():
        name, places, of, sure = re.match(r"(\w+) +at +(\d+) of (\d+) .* (\d+) %", line).groups()
        found[name] = (int(places) / int(of), int(sure))
    assert len(found) == 4
    assert found["cat"][0] == pytest.approx(1 / 3, abs=0.05)
    surest = max(sure for name, (_, sure) in found.items() if name != "cat")
    assert surest == pytest.approx(found["cat"][1], abs=3)
    assert re.search(r"^cat +at 49 of 51", fast) and fast.count("\n") == 1


def test_at_the_top_of_the_page_both_are_right_and_classic_surest():
    lefts = list(range(0, 151, 3))
    for name in ("classic", "fast"):
        network = load_pretrained(name)
        answers = network.probabilities(seen(lefts))
        assert network.classes[answers[lefts.index(45)].argmax()] == "cat"
        if name == "classic":
            assert lefts[answers[:, network.classes.index("cat")].argmax()] == 45


def test_a_turned_cat_is_none_to_fast_and_one_to_imagenet():
    answers = printed("00_start_here", "range(1, 4)").strip().splitlines()
    assert len(answers) == 6
    assert not any("cat" in line for line in answers if " 32 pixels" in line)
    assert all(" cat, " in line for line in answers if " 224 pixels" in line)


def said_of_enlarged():
    """What `imagenet` says of the cat, upright and turned: four answers for each way to show it."""
    answers = re.findall("°: (.*),", printed("00_start_here", "as plain squares"))
    return np.array(answers).reshape(3, 4).tolist()


def test_with_few_pixels_enlarged_smoothly_imagenet_names_the_upright_cat_alone():
    large, small, _ = said_of_enlarged()
    assert large == ["Egyptian cat"] * 4
    assert small == ["Egyptian cat", "lion", "horned viper", "fox squirrel"]


def test_enlarged_as_plain_squares_the_same_pixels_bring_no_cat():
    *_, squares = said_of_enlarged()
    assert not any(name.endswith("cat") for name in squares)


def test_imagenet_knows_five_kinds_of_domestic_cat():
    cats = {name for name in load_pretrained("imagenet").classes if name.endswith(" cat")}
    assert len(cats) == 5


def test_the_two_maps_of_fast_s_answer_agree_only_in_part():
    fast, x = load_pretrained("fast"), seen([45])
    prepared, cat = fast.prepare(x)[0], fast.classes.index("cat")
    cam = np.asarray(grad_cam(fast.network, prepared, cat, fast.maps))
    heat = np.asarray(occlusion(fast.network, prepared, target=cat))
    assert cam.shape == (3, 3)
    thirds = [np.array_split(rows, 3, axis=1) for rows in np.array_split(heat, 3)]
    means = np.array([[part.mean() for part in row] for row in thirds])
    assert cam.argmax() != means.argmax()
    assert 0 < np.corrcoef(cam.ravel(), means.ravel())[0, 1] < 0.8


def test_at_the_top_of_the_page_imagenet_shares_its_answer_out_among_three_cats():
    x = shrink(square(photo("cat"), top=0, left=45, size=300), 224).transpose(2, 0, 1)[None]
    trained = load_pretrained("imagenet")
    p = trained.probabilities(x)[0]
    best = [trained.classes[k] for k in p.argsort()[::-1][:3]]
    assert sorted(best) == ["Egyptian cat", "tabby cat", "tiger cat"]
    assert np.sort(p)[-3:].sum() > 0.9 and np.sort(p)[-3] > 0.1


def covered():
    """What is left of cat and dog: [(cat, dog), …] for three patches, by their place."""
    lines = printed("00_start_here", "cat_and_dog(x)").strip().splitlines()[1:]
    pairs = {line[:15].strip(): re.findall(r"cat +(\d+), dog +(\d+)", line) for line in lines}
    return {place: [(int(c), int(d)) for c, d in found] for place, found in pairs.items()}


@pytest.mark.parametrize("colour", [0, 1, 2], ids=["black", "grey", "white"])
def test_what_covering_does_holds_for_each_colour_of_the_patch(colour):
    found = covered()
    ((cat, dog),) = found.pop("nothing")
    cats = {place: values[colour][0] for place, values in found.items()}
    assert min(cats, key=cats.get) == "below the eye"
    assert cats["nose"] == pytest.approx(cat - 17, abs=1)
    assert 0 < cat - cats["corner"] <= 11
    assert cats["forehead"] > cat + 20 and found["forehead"][colour][1] < dog / 2


def test_no_grey_patch_costs_more_than_the_first_or_adds_more_than_the_third():
    source = (ROOT / "sources/lessons/00_start_here.py").read_text("utf-8")
    lies = ast.literal_eval(re.search(r"^places = (.*)$", source, re.MULTILINE)[1])
    (x,) = seen([45])
    places = list(np.ndindex(25, 25))
    covered = np.repeat(x[None], len(places), axis=0)
    for picture, (row, column) in zip(covered, places, strict=True):
        picture[:, row : row + 8, column : column + 8] = 128
    network = load_pretrained("fast")
    cat = network.probabilities(covered)[:, network.classes.index("cat")]
    assert lies["below the eye"] == places[cat.argmin()]
    assert lies["forehead"] == places[cat.argmax()]


def test_the_ramp_grows_by_five_with_each_step():
    ramp = np.add.outer(np.arange(4), np.arange(4)) + 1
    cross = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    assert correlate2d(ramp, cross).tolist() == [[15, 20], [20, 25]]


def test_what_lesson_01_says_of_the_36_answers():
    x = smiley()
    out = correlate2d(x, edge_kernel())
    np.testing.assert_array_equal(out[:, ::-1], -out)
    assert np.argwhere(np.abs(out) == 2).tolist() == [[2, 2], [2, 3], [3, 0], [3, 5]]
    assert np.abs(out).max() == 2
    assert out[0, 2:4].tolist() == [-1, 1]
    x[2, [2, 5]] = 0  # without the eyes
    assert not correlate2d(x, edge_kernel())[0, 2:4].any()


def test_equivariance_holds_at_stride_1_and_for_even_moves_at_stride_2():
    lines = printed("01_convolution_by_hand", "def board").strip().splitlines()
    found = [line.split("output ")[1] for line in lines]
    assert found[:5] == [f"moved by {k}" for k in range(5)]
    other = "holds other numbers"
    assert found[5:] == ["moved by 0", other, "moved by 1", other, "moved by 2"]
