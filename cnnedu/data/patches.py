"""Cut a large picture into small ones that remember where they came from."""

import numpy as np


def cut_patches(picture, size=32, step=16, region=128):
    """Cut overlapping patches, each within one region.

    Args:
        picture: array (H, W) or (H, W, C); `region` divides H and W.
        size: pixels along each side of a patch, at most `region`.
        step: pixels between the starts of two patches.
        region: pixels along each side of a region.

    Returns:
        Patches (N, size, size) or (N, size, size, C), and the region number of each.

    Raises:
        ValueError: `region` doesn't divide the picture's height and width.

    >>> patches, regions = cut_patches(np.zeros((64, 128)), size=32, step=32, region=64)
    >>> patches.shape, regions.tolist()
    ((8, 32, 32), [0, 0, 0, 0, 1, 1, 1, 1])
    """
    height, width = picture.shape[:2]
    if height % region or width % region:
        raise ValueError(f"cut_patches: {region} must divide height {height} and width {width}")
    starts = range(0, region - size + 1, step)
    patches, regions = [], []
    for top in range(0, height, region):
        for left in range(0, width, region):
            for i in starts:
                for j in starts:
                    patches.append(picture[top + i :, left + j :][:size, :size])
                    regions.append(top // region * (width // region) + left // region)
    return np.array(patches), np.array(regions)
