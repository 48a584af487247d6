"""Argument checks shared by all kernels: each error says what was given and how to mend it."""

import numpy as np

_LARGEST_EXACT = 2**53  # every whole number up to here is a float64
_FLOATS = np.dtype(np.float32), np.dtype(np.float64)


def number_array(caller, name, value):
    """Return `value` as an array of int64, float32 or float64.

    Whole numbers and booleans become int64, so that sums of pixels stay exact.

    Raises:
        TypeError: `value` doesn't hold real numbers of 64 bits or less.
        ValueError: the rows of `value` have different lengths, or a number is too large for int64.

    >>> number_array("demo", "x", np.array([200, 100], np.uint8)).sum()
    np.int64(300)
    """
    array = value if isinstance(value, np.ndarray) else _array(caller, name, value)
    if array.dtype in _FLOATS:
        return array
    if array.dtype.kind not in "biu":
        raise TypeError(
            f"{caller}: {name} must hold whole numbers, float32 or float64, but has dtype "
            f"{array.dtype}; convert it first, for example with {name}.astype(np.float32)"
        )
    if array.dtype == np.uint64 and array.size and array.max() > np.iinfo(np.int64).max:
        raise ValueError(f"{caller}: {name} holds {array.max()}, which is too large for int64")
    return array.astype(np.int64)


def float_array(caller, name, value):
    """Return `value` as an array of float32 or float64; whole numbers become float64, exactly.

    Raises:
        TypeError: `value` doesn't hold real numbers of 64 bits or less.
        ValueError: the rows of `value` have different lengths, or a number has no exact float64.

    >>> float_array("demo", "x", [1, 2])
    array([1., 2.])
    """
    array = number_array(caller, name, value)
    if array.dtype.kind == "f":
        return array
    if _magnitude(array) > _LARGEST_EXACT:
        raise ValueError(
            f"{caller}: {name} holds whole numbers beyond 2**53, which float64 can't tell apart"
        )
    return array.astype(np.float64)


def matching_numbers(caller, **arrays):
    """Return the named arrays in one type: int64 if all hold whole numbers, else a float type.

    >>> matching_numbers("demo", x=np.uint8([9]), w=np.float32([0.5]))[0]
    array([9.], dtype=float32)
    """
    found = [number_array(caller, name, value) for name, value in arrays.items()]
    if len({array.dtype for array in found}) == 1:
        return found
    dtype = np.result_type(*(getattr(value, "dtype", np.float64) for value in arrays.values()))
    return [array.astype(dtype, copy=False) for array in found]


def matching_floats(caller, **arrays):
    """Return the named arrays in one float type: float32 if that holds them all, else float64."""
    found = [float_array(caller, name, value) for name, value in arrays.items()]
    dtype = np.result_type(*found)
    return [array.astype(dtype, copy=False) for array in found]


def check_axes(caller, name, shape, layout):
    """Refuse an array's `shape` without one axis per entry of `layout`, e.g. "(N, C, H, W)"."""
    if len(shape) != layout.count(",") + (not layout.endswith(",)")):
        raise ValueError(f"{caller}: {name} must be {layout}, but has shape {shape}")


def check_pictures(caller, shape):
    """Refuse the shape of anything but a batch of pictures; only the batch axis may be empty."""
    check_axes(caller, "x", shape, "(N, C, H, W)")
    if 0 in shape[1:]:
        raise ValueError(f"{caller}: only the batch may be empty, but x has shape {shape}")


def check_weights(caller, shape, layout):
    """Refuse the shape of weights `w` without the axes of `layout`, none of them empty."""
    check_axes(caller, "w", shape, layout)
    if 0 in shape:
        raise ValueError(f"{caller}: only the batch may be empty, but w has shape {shape}")


def check_shape(caller, name, array, shape, why):
    """Refuse `array` unless its shape is `shape`; `why` says where that shape comes from."""
    if array.shape != tuple(shape):
        raise ValueError(
            f"{caller}: {name} must have shape {tuple(shape)} ({why}), but has {array.shape}"
        )


def check_overflow(caller, x, w, b=None):
    """Refuse whole numbers so large that a sum of w[0].size products may not fit in int64."""
    x_most, w_most, b_most = (_magnitude(array) for array in (x, w, b))
    if x_most * w_most * w[0].size + b_most > np.iinfo(np.int64).max:
        raise ValueError(
            f"{caller}: sums of {w[0].size} products of whole numbers up to {x_most} and {w_most} "
            "may not fit in int64; convert to float64 first"
        )


def whole(caller, name, value, least):
    """Return `value` as an int if it is a whole number of at least `least`.

    >>> whole("demo", "stride", 2, least=1)
    2
    """
    if type(value) is bool or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{caller}: {name} must be a whole number, but is {value!r}")
    if value < least:
        raise ValueError(f"{caller}: {name} must be at least {least}, but is {value}")
    return int(value)


def axis(caller, array, dim):
    """Return `dim` if `array` has such an axis; negative numbers count from the last axis."""
    whole(caller, "dim", dim, least=-array.ndim)
    if dim >= array.ndim:
        raise ValueError(f"{caller}: x has {array.ndim} axes, so dim must be less, but is {dim}")
    return int(dim)


def pair(caller, name, value, least):
    """Return `value`, one whole number for both axes or two (height, width), as a pair.

    >>> pair("demo", "stride", 2, least=1), pair("demo", "stride", (1, 3), least=1)
    ((2, 2), (1, 3))
    """
    if not isinstance(value, (tuple, list)):
        return (whole(caller, name, value, least),) * 2
    if len(value) != 2:
        raise ValueError(
            f"{caller}: {name} must be one number or two (height, width), but is {value!r}"
        )
    return whole(caller, name, value[0], least), whole(caller, name, value[1], least)


def real(caller, name, value, least=None, most=None):
    """Return `value` as a float if it is a finite real number from `least` to `most`."""
    kinds = (int, float, np.integer, np.floating)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, kinds):
        raise TypeError(f"{caller}: {name} must be a number, but is {value!r}")
    below = least is not None and value < least
    if below or (most is not None and value > most) or not np.isfinite(value):
        bounds = [f"at least {least}"] * (least is not None) + [f"at most {most}"] * (
            most is not None
        )
        raise ValueError(
            f"{caller}: {name} must be finite{''.join(' and ' + b for b in bounds)}, but is {value}"
        )
    return float(value)


def flag(caller, name, value):
    """Return `value` as a bool if it is True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{caller}: {name} must be True or False, but is {value!r}")
    return bool(value)


def choice(caller, name, value, options):
    """Return `value` if it is one of the names in `options`."""
    if not isinstance(value, str):
        raise TypeError(f"{caller}: {name} must be a string, but is {value!r}")
    if value not in options:
        raise ValueError(
            f"{caller}: {name} must be one of {', '.join(map(repr, options))}, but is {value!r}"
        )
    return value


def _magnitude(array):
    """Return the largest absolute value in an array of whole numbers, as a Python int."""
    if array is None or not array.size:
        return 0
    return max(int(array.max()), -int(array.min()))


def _array(caller, name, value):
    """Return `value` as an array of whatever type it holds."""
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{caller}: {name} must have rows of equal length: {error}") from None
    except Exception as error:
        raise TypeError(f"{caller}: {name} must be an array of numbers: {error}") from None
