"""The course's pictures, drawn with matplotlib in one style.

`show_…` draws a figure of its own and returns it, a matplotlib `Figure`; `draw_…` draws into the
axes it is given.
"""

from cnnedu.plots.classification import show_answers, show_patches, show_slide
from cnnedu.plots.feature_maps import show_bank, show_maps, show_stages
from cnnedu.plots.grids import show_correlation, show_grids
from cnnedu.plots.lines import show_lines
from cnnedu.plots.pooling import show_pooling
from cnnedu.plots.volumes import show_blocks, show_stack
from cnnedu.plots.window_positions import show_positions
