"""The course's pictures, drawn with matplotlib in one style."""

from cnnedu.plots.grids import show_correlation, show_grids
from cnnedu.plots.lines import show_lines
from cnnedu.plots.maps import show_bank, show_maps, show_stages
from cnnedu.plots.photographs import show_answer, show_slide
from cnnedu.plots.pooling import show_pooling
from cnnedu.plots.volumes import show_blocks, show_stack
from cnnedu.plots.windows import show_positions

__all__ = [
    "show_answer",
    "show_bank",
    "show_blocks",
    "show_correlation",
    "show_grids",
    "show_lines",
    "show_maps",
    "show_pooling",
    "show_positions",
    "show_slide",
    "show_stack",
    "show_stages",
]
