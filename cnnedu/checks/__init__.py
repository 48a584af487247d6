"""What exercises call to compare an answer with the reference and to say what is wrong with it."""

from cnnedu.checks.case import Case, Mistake
from cnnedu.checks.compare import CheckFailed, require
from cnnedu.checks.scale import unit_kernel
from cnnedu.checks.value import Design, Value, checker
