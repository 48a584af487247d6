"""Lesson 09: what its text says of measured figures holds in the outputs stored with it."""

import re

from notebooks.stored import printed

from harness.course import ROOT

LESSON = "09_the_same_in_pytorch"
SOURCE = (ROOT / f"sources/lessons/{LESSON}.py").read_text(encoding="utf-8")


def test_the_loop_comes_in_the_first_third():
    words = SOURCE.split()
    assert words.index("train(network,") < len(words) / 3


def test_both_libraries_agree_to_1e_5_and_in_float64_some_500_million_times_better():
    rows = re.findall(
        r"^(?:scores|d \S+) +(\de-\d+) +(\de-\d+)$", printed(LESSON, "apart by"), re.MULTILINE
    )
    single, double = ([float(row[i]) for row in rows] for i in (0, 1))
    assert len(rows) == 7 and max(single) < 1e-5
    shrunk = sorted(a / b for a, b in zip(single, double, strict=True))[3]
    assert 5e7 < shrunk < 5e9


def test_a_whole_training_is_the_same():
    lines = printed(LESSON, "two_trainings(").splitlines()
    assert len(lines) == 2 and all(line.endswith(": True") for line in lines)


def test_one_seed_gives_the_same_network_until_the_order_of_a_sum_changes():
    lines = printed(LESSON, "class Backwards").splitlines()
    assert [line.split()[-1] for line in lines] == ["True", "False", "True"]


def test_a_checkpoint_goes_on_as_if_the_run_had_never_stopped():
    assert printed(LESSON, "optimiser.load_state_dict").endswith("True\n")


def test_bfloat16_keeps_two_to_three_digits_and_the_answers():
    lines = printed(LESSON, "torch.autocast(").splitlines()
    assert "torch.bfloat16 scores, torch.float32 weights" == lines[0]
    assert all(line.endswith(": True") for line in lines[1:])


def test_all_gradients_are_those_of_lesson_07b():
    assert printed(LESSON, "by_widget =").startswith("11 gradients agree")
