"""What exercises call to compare an answer with the reference and to say what is wrong with it."""

from cnnedu.checks.case import Case, Mistake, check_value, run
from cnnedu.checks.compare import CheckFailed, require
from cnnedu.checks.scale import unit_kernel
