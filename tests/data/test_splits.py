"""Groups stay whole, and the pictures of found objects are always the same."""

import numpy as np
import pytest

from cnnedu.data.folders import load_folder
from cnnedu.data.found_objects import OBJECTS, SHOTS, write_found_objects
from cnnedu.data.splits import split_by_group, thing_of


def test_no_group_is_divided_and_the_share_is_reached():
    rng = np.random.default_rng(0)
    groups = rng.integers(0, 20, 100)
    order = rng.permutation(np.unique(groups))
    for share in (0, 0.1, 0.5, 1):
        aside = split_by_group(groups, order, share)
        assert not set(groups[aside]) & set(groups[~aside])
        assert share * 100 <= aside.sum() < share * 100 + np.bincount(groups).max() + (share == 0)


@pytest.mark.parametrize(
    ("order", "share", "says"),
    [("ab", 0.5, "each group once"), ("aabc", 0.5, "each group once"), ("abc", 2, "from 0 to 1")],
)
def test_what_cannot_be_split_is_named(order, share, says):
    with pytest.raises(ValueError, match=says):
        split_by_group([*"abcc"], [*order], share)


def test_found_objects_are_a_folder_with_exact_masks(tmp_path):
    masks = write_found_objects(tmp_path)
    found = load_folder(tmp_path)
    assert set(found.files) == set(masks) and not found.messages
    assert len(found.y) == SHOTS * sum(OBJECTS.values())
    assert len({thing_of(file) for file in found.files}) == sum(OBJECTS.values())
    for i in range(0, len(found.y), 40):
        mask, picture = masks[found.files[i]], found.x[i].astype(int)
        assert (picture[:, mask].mean(axis=1) > picture[:, ~mask].mean(axis=1) + 20).all()
