"""What exercises call to compare an answer with the reference and to say what is wrong with it."""

from cnnedu.checks.case import Case, Mistake
from cnnedu.checks.compare import CheckFailed, require
from cnnedu.checks.scale import unit_kernel
from cnnedu.checks.value import Design, Value, checker


# SHIM until all exercises are converted
def run(case, namespace, seed=None):  # noqa: D103
    case.run(namespace, seed=seed)


def check_value(name, namespace, expected, rtol=1e-9, atol=1e-9, mistakes=()):  # noqa: D103
    Value(name, expected, rtol, atol, mistakes).run(namespace)
