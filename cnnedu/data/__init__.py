"""The course's data sets."""

from cnnedu.data.photos import photo, shrink, square
from cnnedu.data.smiley import edge_kernel, smiley

__all__ = ["edge_kernel", "photo", "shrink", "smiley", "square"]
