"""Say in plain words what an error of Python, NumPy or PyTorch means."""

import re

# (what the message holds, what it means); the groups fill the braces.
MEANINGS = (
    (
        r"operands could not be broadcast together with shapes (\(.*?\)) (\(.*?\))",
        "two arrays were combined whose shapes {} and {} don't fit together",
    ),
    (
        r"could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))",
        "an array of shape {} was to be stored in a place of shape {}",
    ),
    (
        r"size (\d+) is different from (\d+)",
        "in a matrix product, the second matrix has {} rows and the first one {} columns",
    ),
    (
        r"shapes (\(.*?\)) and (\(.*?\)) not aligned",
        "a matrix product needs as many rows on the right as columns on the left, not {} and {}",
    ),
    (
        r"mat1 and mat2 shapes cannot be multiplied \((\S+) and (\S+)\)",
        "a matrix product needs as many rows on the right as columns on the left, not {} and {}",
    ),
    (
        r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)",
        "two tensors were combined that have {} and {} numbers along one axis",
    ),
    (
        r"Singular matrix",
        "the equations don't have exactly one solution, which `solve` and `inv` ask for",
    ),
    (r"cannot reshape array of size (\d+) into shape (\(.*?\))", "{} numbers don't fill shape {}"),
    (
        r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
        "you asked for place {} on axis {}, which has {} places, counted from 0",
    ),
    (
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        "you asked for axis {} of an array with {} axes, counted from 0",
    ),
    (
        r"array is (\d+)-dimensional, but (\d+) were indexed",
        "the array has {} axes, and you gave {} indices",
    ),
    (
        r"truth value of an array|Boolean value of Tensor with more than one",
        "`if`, `and`, `or`, `not`, `min` and `max` take one number; you gave a whole array",
    ),
    (
        r"Cannot cast ufunc .* from dtype\('float\d+'\) to dtype\('u?int\d+'\)",
        "floats don't fit into an array of whole numbers; make it with dtype float",
    ),
    (
        r"and requested shape",
        "`np.pad` needs one pair for each axis, and `np.broadcast_to` a shape that fits",
    ),
    (
        r"subscripts for operand|than subscripts|einstein sum|remapped shapes \[original",
        "in `einsum`, each array needs one letter per axis, and one letter means one length",
    ),
    (
        r"appears to not have been used in the graph",
        "the output doesn't depend on the input, so there is no gradient",
    ),
    (
        r"does not have a grad_fn|differentiated Tensors does not require",
        "autograd recorded nothing: `detach`, `no_grad` or NumPy cut the graph on the way",
    ),
    (
        r"backward through the graph a second time",
        "`backward` frees the graph: compute the loss again before calling it once more",
    ),
    (
        r"leaf Variable that requires grad is being used in an in-place operation",
        "what has gradients may be changed in place only under `torch.no_grad()`",
    ),
    (r"Can't call numpy\(\) on Tensor that requires grad", "call `.detach()` before `.numpy()`"),
    (
        r"expected input\[.*\] to have (\d+) channels, but got (\d+) channels",
        "the convolution was made for {} channels, but its input has {}",
    ),
    (
        r"same dtype|expected scalar type|Input type .* should be the same",
        "float32 and float64 were mixed; keep to the dtype of the input",
    ),
    (
        r"indexing result of shape|indexing arrays could not be broadcast|broadcast shape",
        "what is stored, added or used as an index has another shape than its place",
    ),
    (
        r"^shape-mismatch for sum",
        "in `tensordot`, the axes that are summed over must be of the same length",
    ),
    (
        r"(?:list|tuple) indices must be .* not tuple",
        "a list or tuple takes one index at a time, `a[i][j]`; `np.asarray` makes an array of it",
    ),
    (
        r"only integers, slices|must be integers|must be of integer|as an integer",
        "an index, a size or a count must be a whole number: `//` in place of `/` keeps it one",
    ),
    (
        r"inhomogeneous shape",
        "the entries of a list or tuple don't all have the same shape; `*p` writes out those of p",
    ),
    (
        r"only (?:0-dimensional|length-1) arrays|setting an array element with a sequence",
        "a whole array stands where one number is asked for",
    ),
    (
        r"unsupported operand type\(s\) for \^|ufunc 'bitwise_xor' not supported",
        "`^` is no power in Python: write `**`",
    ),
    (r"numpy boolean negative", "`~` turns true and false round, `-` doesn't"),
    (
        r"numpy boolean subtract",
        "true minus false isn't defined: make numbers of them with `.astype(float)`",
    ),
    (r"Improper number of dimensions to norm", "flatten the array before you take its norm"),
    (r"Cannot interpret .* as a data type", "a shape is one argument: `np.zeros((2, 3))`"),
    (r"'(?:int|float)' object is not iterable", "`for` runs through many things: `range(n)`?"),
    (
        r"'tuple' object is not callable|'builtin_function_or_method' object is not subscriptable",
        "indices take [ ], function calls take ( )",
    ),
    (r"no attribute 'append'", "an array doesn't grow: collect in a list, then `np.array` it"),
    (r"must be of ArrayType", "several axes are one argument: `axis=(2, 3)`"),
    (r"negative dimensions are not allowed", "a size came out below 0"),
    (r"tuple index out of range", "the array has fewer axes than you asked for"),
    (
        r"image file is truncated|Truncated File Read|cannot identify image file",
        "Pillow can't read this file: catch the error and go on",
    ),
    (r"values to unpack", "more or fewer values came back than there are names on the left"),
    (r"'numpy.ndarray' object is not callable", "an array is indexed with [ ], not with ( )"),
    (r"invalid index to scalar", "this is a single number: it has nothing to index"),
    (r"axes don't match array", "`transpose` needs each axis of the array once"),
    (
        r"zero-size array to reduction|arg(?:max|min) of an empty",
        "the largest or smallest of no numbers was asked for",
    ),
    (r"window shape cannot be larger", "the window is larger than the array"),
    (r"all input arrays must have the same shape", "only arrays of the same shape can be stacked"),
    (
        r"index (-?\d+) is out of bounds for array with size (\d+)",
        "you asked for place {} of {} places, counted from 0",
    ),
    (r"has no attribute 'shape'", "this is a list, not an array: `np.asarray` makes one of it"),
    (r"NoneType", "something is None here: does every function that you call end with `return`?"),
    (
        r"missing \d+ required positional|takes \d+ positional|unexpected keyword",
        "a function gets other arguments than it was written for",
    ),
    (r"division by zero", "there is a case in which the number below the line is 0"),
    (r"maximum recursion depth", "the function calls itself without an end"),
    (
        r"cannot access local variable '(\w+)'",
        "`{}` has no value on this path, or a variable took the name of a function",
    ),
    (r"name '(\w+)' is not defined", "no cell that was run so far defines `{}`"),
)


def explained(name, message):
    """Return "Error: message", with a sentence on what it means if it is well known.

    >>> explained("NameError", "name 'pad' is not defined")
    "NameError: name 'pad' is not defined. That is, no cell that was run so far defines `pad`"
    """
    said = f"{name}: {message}" if message else name
    for pattern, meaning in MEANINGS:
        found = re.search(pattern, message)
        if found:
            return f"{said}. That is, {meaning.format(*found.groups())}"
    return said
