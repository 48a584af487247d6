"""What lesson 02 says of its measurements is what its stored notebook measured."""

import re

import numpy as np
import pytest
from notebooks.stored import printed

from cnnedu import kernels
from cnnedu.data import photo, square
from cnnedu.data.chalk import make_smileys

LESSON = "02_filters_and_features"
SMILE = np.array([[1, -1, -1, 1], [-1, 1, 1, -1]])


def numbers(words):
    """Return all numbers that the cell with these words has printed."""
    return [
        float(n.replace(",", ""))
        for n in re.findall(r"(?<!\w)-?\d[\d,]*\.?\d*", printed(LESSON, words))
    ]


def strongest(pictures, filters):
    maps = kernels.conv2d(pictures[:, None], np.array(filters, float)[:, None])
    return np.maximum(0, maps).max(axis=(2, 3))


def test_half_a_smile_is_right_two_times_in_three_and_a_whole_one_nearly_always():
    right, error = numbers("[half, half[::-1]]")
    assert abs(right - 200 / 3) < 3 * error < right - 50
    *table, right, error, most_frequent = numbers("says sad")
    assert sum(table) == 2000 and right == pytest.approx(100 * (table[0] + table[3]) / 2000, 0.01)
    assert 100 - right < 2 and right - most_frequent > 40 and error < 0.5


def test_what_makes_the_network_fail():
    table = np.reshape(numbers('"much more dust"'), (5, 3))
    home, dust, more_dust, large, upside_down = table[:, 0]
    assert home > dust + 3 > more_dust + 6 > 56
    assert large < 40 and upside_down < 5
    _, happy, sad = table[3]
    assert happy < 15 and abs(sad - 50) < 3 * 50 / 1000**0.5


@pytest.mark.parametrize("seed", [2, 3])
def test_corners_of_a_large_face_look_like_mouths(seed):
    faces, happy = make_smileys(500, seed=seed)
    clean = make_smileys(500, seed=seed, noise=0)[0] > 0
    origin = np.stack([clean.any(axis=2).argmax(axis=1), clean.any(axis=1).argmax(axis=1)], axis=1)
    large = faces.repeat(2, axis=1).repeat(2, axis=2)
    smile, frown = strongest(large, [SMILE, SMILE[::-1]]).T
    assert (frown >= smile)[happy == 1].mean() > 0.8
    assert abs((frown >= smile)[happy == 0].mean() - 0.5) < 0.1

    def share(kernel, kind, row):
        """Return how often a kernel is loudest in column 1 or 11 of a row of the large face."""
        maps = kernels.conv2d(large[happy == kind, None], kernel[None, None].astype(float))[:, 0]
        places = np.array([np.unravel_index(m.argmax(), m.shape) for m in maps])
        rows, columns = (places - 2 * origin[happy == kind]).T
        return ((rows == row) & np.isin(columns, [1, 11])).mean()

    # In row 3 the eye and the outline's corner, in row 11 the mouth's end and the outline's corner.
    assert share(SMILE[::-1], 1, 3) > 0.7 and share(SMILE[::-1], 0, 3) > 0.7
    assert share(SMILE, 0, 11) > 0.7 and share(SMILE, 1, 11) < 0.4


def test_size_makes_letters_no_harder():
    right, error, *by_size = numbers("[crossing, side]")
    found = dict(zip(by_size[::2], by_size[1::2], strict=True))
    assert right > 97 and error < 0.5
    assert list(found) == [5, 7, 9] and found[5] < found[7] < found[9]


def test_two_kernels_see_all_directions():
    gx, gy, sizes, magnitude, off = np.split(np.array(numbers("arctan2(gy, gx)")), [2, 4, 6, 8])
    assert gx[0] == gy[0] == 0
    assert sizes[1] / sizes[0] == 1.5 and magnitude[1] / magnitude[0] < 1.08 and off < 2


def test_what_the_search_finds_and_what_it_does_not():
    assert numbers("% of the first")[0] == pytest.approx(20, abs=2)
    lines = printed(LESSON, "five random starts").splitlines()
    found = {line[:46].strip(): float(line[46:]) for line in lines}
    ten, hundred, five_hundred, starts, noisy, pupil, rim = found.values()
    assert ten > 0.5 > 0.1 > hundred > five_hundred == 0
    assert starts < 0.05 < noisy < 0.2 and pupil < 0.1 and rim > 0.5
    assert numbers("its_map")[-2:] == [0, 0.42]


def test_a_third_of_the_first_filters_are_edge_detectors_and_few_random_ones():
    limit, found, of, _, by_chance, most, draws, learnt = numbers("likeness above")
    assert (limit, of, draws, learnt) == (0.8, 32, 1000, 122570)
    assert 0.28 < found / of < 1 / 3 and found > 1.5 * most and by_chance < 2


def test_pixels_of_a_window_are_most_alike_where_the_search_fails():
    grey = square(photo("cat"), top=0, left=70, size=300).mean(axis=2)
    patches = [square(grey, *place, 40) for place in ((30, 60), (77, 85), (130, 240))]
    fur, pupil, rim = (np.corrcoef(p[:, 1:].ravel(), p[:, :-1].ravel())[0, 1] for p in patches)
    assert fur < 0.8 < 0.9 < pupil < rim
