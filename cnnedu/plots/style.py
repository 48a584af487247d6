"""One look for every figure of the course."""

from contextlib import contextmanager
from pathlib import Path

from matplotlib import rc_context, rc_params_from_file

STYLE_SHEET = Path(__file__).with_name("cnnedu.mplstyle")


@contextmanager
def course_style():
    """Apply the course's style sheet inside a `with` block, or as a decorator of a function.

    >>> import matplotlib
    >>> with course_style():
    ...     matplotlib.rcParams["image.interpolation"]
    'nearest'
    """
    with rc_context(rc_params_from_file(STYLE_SHEET, use_default_template=False)):
        yield
