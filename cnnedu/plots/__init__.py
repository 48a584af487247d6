"""The course's pictures, drawn with matplotlib in one style."""

from cnnedu.plots.grids import show_correlation, show_grids
from cnnedu.plots.photographs import show_answer, show_slide

__all__ = ["show_answer", "show_correlation", "show_grids", "show_slide"]
