"""The course's data sets."""

from cnnedu.data.smiley import edge_kernel, smiley

__all__ = ["edge_kernel", "smiley"]
