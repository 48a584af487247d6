"""The course's pictures, drawn with matplotlib in one style."""

from cnnedu.plots.grids import show_correlation, show_grids

__all__ = ["show_correlation", "show_grids"]
