"""A photograph of 24 coins, and which coin each pixel belongs to."""

import numpy as np

GROUND, COIN = 30, 150  # grey levels: below the first lies only ground, above the second only coins
SPECK = 300  # pixels: a smaller region is dirt or a reflection


def coins():
    """Return the photograph, and the number of the coin at each pixel.

    The numbers come from classical segmentation: the dark pixels and the bright ones are flooded
    over the map of edges until they meet (watershed), and holes are filled. We looked at the
    outlines: all 24 are right, to about a pixel.

    Returns:
        (picture, numbers): uint8 (303, 384); int64 of the same shape, 0 for the ground, 1 to 24.

    Source
        `skimage.data.coins`, Greek coins from Pompeii, Brooklyn Museum, no known copyright
        restrictions. The method is that of scikit-image's own tutorial.

    >>> picture, numbers = coins()
    >>> picture.shape, int(numbers.max())
    ((303, 384), 24)
    """
    from skimage import data
    from skimage.filters import sobel
    from skimage.segmentation import watershed

    picture = data.coins()
    markers = np.where(picture > COIN, 2, np.where(picture < GROUND, 1, 0))
    return picture, cleaned(watershed(sobel(picture), markers) == 2, SPECK)


def cleaned(mask, speck):
    """Fill the holes of a mask, drop specks, and number the regions that are left.

    Args:
        mask: bool (H, W).
        speck: a region of fewer pixels is dropped; pixels that touch at a corner only don't belong
            together.

    Returns:
        int64 (H, W): 0 for the ground, then 1, 2, … row by row.

    >>> cleaned(np.array([[1, 1, 0, 0], [1, 1, 0, 1]]) > 0, speck=2)
    array([[1, 1, 0, 0],
           [1, 1, 0, 0]])
    """
    from scipy.ndimage import binary_fill_holes, label

    regions, _ = label(binary_fill_holes(mask))
    large = np.bincount(regions.ravel()) >= speck
    large[0] = False
    return label(large[regions])[0].astype(np.int64)


def half_size(picture, numbers):
    """Halve a picture and its numbers: each pixel becomes the mean of four, and the commonest coin.

    Args:
        picture: uint8 (H, W); an odd last row or column is repeated.
        numbers: int (H, W), 0 for the ground; a pixel half of which is coin counts as coin.

    Returns:
        (picture, numbers): uint8 and int64, (⌈H/2⌉, ⌈W/2⌉).

    >>> half_size(np.array([[0, 4], [8, 8]], np.uint8), np.array([[0, 0], [2, 2]]))
    (array([[5]], dtype=uint8), array([[2]]))
    """
    blocks = []
    for values in (picture, numbers):
        even = np.pad(values, [(0, side % 2) for side in values.shape], mode="edge")
        rows, columns = (side // 2 for side in even.shape)
        blocks.append(even.reshape(rows, 2, columns, 2).transpose(0, 2, 1, 3).reshape(-1, 4))
    covered = (blocks[1] > 0).sum(axis=1) >= 2
    small = np.where(covered, blocks[1].max(axis=1), 0)
    return (
        blocks[0].mean(axis=1).round().astype(np.uint8).reshape(rows, columns),
        small.astype(np.int64).reshape(rows, columns),
    )
