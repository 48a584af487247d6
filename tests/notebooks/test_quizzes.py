"""A quiz must not give its answers away, neither by the right option's place nor by its length."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from cnnedu.widgets import Question, Right, Wrong

LESSONS = sorted((Path(__file__).parents[2] / "sources/lessons").glob("*.py"))


MADE = {"Question": Question, "Right": Right, "Wrong": Wrong}


def questions(lesson):
    """Return the questions of a lesson, read from its source."""
    return [
        _made(node)
        for node in ast.walk(ast.parse(lesson.read_text("utf-8")))
        if _name(node) == "Question" and not any(isinstance(a, ast.Starred) for a in node.args)
    ]


def _name(node):
    return getattr(node.func, "id", None) if isinstance(node, ast.Call) else None


def _made(node):
    """Return what a call makes; every argument is a text or another such call."""
    if _name(node) in MADE:
        return MADE[_name(node)](*map(_made, node.args))
    return ast.literal_eval(node)


def place(question):
    """Return where the right option is shown."""
    return [isinstance(option, Right) for option in question.options].index(True)


def is_longest(question):
    """Return whether the right option is longer than all the others."""
    lengths = [len(option.text) for option in question.options]
    return lengths.pop(place(question)) > max(lengths)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem.partition("_")[0])
def test_length_tells_nothing(lesson):
    longest = [question.text for question in questions(lesson) if is_longest(question)]
    assert len(longest) <= len(questions(lesson)) / 2, longest


def test_length_tells_nothing_over_all_lessons():
    """Whoever always chooses the longest option does hardly better than whoever guesses."""
    asked = [question for lesson in LESSONS for question in questions(lesson)]
    by_chance = sum(1 / len(question.options) for question in asked)
    assert sum(map(is_longest, asked)) <= 1.15 * by_chance


@pytest.mark.parametrize("extreme", [max, min], ids=["longest", "shortest"])
def test_no_option_is_ruled_out_by_its_length(extreme):
    """The longest option is right about as often as any other, and so is the shortest."""
    found, by_chance, variance = 0, 0, 0
    for question in (question for lesson in LESSONS for question in questions(lesson)):
        lengths = [len(option.text) for option in question.options]
        if lengths.count(extreme(lengths)) == 1:
            found += lengths[place(question)] == extreme(lengths)
            by_chance += 1 / len(lengths)
            variance += (1 - 1 / len(lengths)) / len(lengths)
    assert abs(found - by_chance) <= 3 * variance**0.5, (found, by_chance)


@pytest.mark.parametrize("options", [2, 3, 4])
def test_place_tells_nothing(options):
    """Over all lessons, no place holds the right option more than three errors too often."""
    asked = [q for lesson in LESSONS for q in questions(lesson) if len(q.options) == options]
    counts = Counter(place(question) for question in asked)
    expected = len(asked) / options
    error = (expected * (1 - 1 / options)) ** 0.5
    assert all(abs(counts[k] - expected) <= 3 * error for k in range(options)), counts


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem.partition("_")[0])
def test_places_differ_within_a_lesson(lesson):
    places = {place(question) for question in questions(lesson)}
    assert len(places) > 1 or len(questions(lesson)) < 4
