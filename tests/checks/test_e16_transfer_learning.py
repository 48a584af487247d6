"""Exercise 16: the references by hand, and folders that were read into something else."""

import numpy as np
import pytest

from cnnedu.checks import CheckFailed
from cnnedu.checks.answers import e16_transfer_learning as answers
from cnnedu.checks.picture_folders import (
    CUT,
    FOLDER,
    GOOD,
    HIDDEN,
    MISNAMED,
    NOTHING,
    folder_function,
    write,
)

FILES = np.array([[0, 7, GOOD, 6, 9], [1, 1, CUT, 8, 8], [1, 4, GOOD, 7, 5]])


def test_the_features_and_folds_of_the_text():
    ones = np.ones((1, 1, 3, 3))
    found = answers.frozen_features(ones, ones, np.array([5.0]), np.array([4.0]))
    np.testing.assert_allclose(found, [[2]], rtol=1e-5)
    groups = np.repeat([4, 2, 3, 1, 5], [3, 1, 3, 2, 6])
    assert answers.group_folds(groups, 3).tolist() == [2] * 4 + [1] * 5 + [0] * 6


def test_the_files_are_called_by_their_kinds(tmp_path):
    rows = [[2, 4, HIDDEN, 3, 3], [2, 1, MISNAMED, 3, 3], [2, 6, FOLDER, 3, 3]]
    assert write(tmp_path, [*rows, [3, 1, NOTHING, 0, 0]]) == {
        "Ray/.4.png": 0,
        "Ray/1.txt": 1,
        "Ray/6": 2,
    }
    assert (tmp_path / "Ray/6/1.png").is_file() and (tmp_path / "cod").is_dir()


def test_a_folder_becomes_numbers():
    found = answers.folder_as_numbers(FILES, 2)
    counts, names, skipped = found[:3], found[3:7], found[7:10]
    assert counts.tolist() == [2, 1, 2]
    assert names.tolist() == [1, 0, -1, -1]  # eel, newt
    assert skipped.tolist() == [1, -1, -1]  # the second row of FILES
    pictures = found[10:].reshape(3, 1 + 3 * 2 * 2)
    assert pictures[:, 0].tolist() == [0, 1, -1]
    assert (pictures[2] == -1).all() and (pictures[:2] >= 0).all()


X = np.zeros((2, 3, 5, 5), "u1")


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ((1, 2, 3), "four things"),
        ((X * 1.0, [0, 1], ["eel", "newt"], []), "uint8"),
        ((X.transpose(0, 2, 3, 1), [0, 1], ["eel", "newt"], []), "shape"),
        ((X, [0], ["eel", "newt"], []), "shape"),
        ((X, [0, 1], ["newt", "eel"], []), "sorted"),
        ((X, [0, 1], ["eel", "nowt"], []), "not all are class folders"),
        ((X, [0, 1], [1, 2], []), "lists of strings"),
        ((X, [0, 1], ["eel", "newt"], 0), "lists of strings"),
        ((X, [0, 1], ["eel", "newt"], ["3.png"]), "'3.png', which isn't class/file"),
    ],
)
def test_a_folder_read_into_something_else(found, says):
    with pytest.raises(CheckFailed, match=says):
        folder_function(lambda path, size: found)(FILES, 5)
