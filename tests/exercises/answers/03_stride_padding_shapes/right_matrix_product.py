# loses nothing: im2col with index arrays; float64 of whole numbers is a whole number once it is an int

# %% grade_id="03-output-size"
import math


def output_size(size, kernel_size, stride, padding, dilation):
    places = (size + 2 * padding - dilation * (kernel_size - 1)) / stride
    return math.ceil(places)


# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    before = after = 0
    for pixel in range(dilation * (kernel_size - 1)):
        if pixel % 2:
            before += 1
        else:
            after += 1
    return before, after


# %% grade_id="03-pad2d"
def pad2d(x, padding):
    return np.pad(x, ((0, 0), (0, 0), *map(tuple, padding)), "constant", constant_values=0)


# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    x = pad2d(x, ((padding, padding), (padding, padding)))
    OH = output_size(H, KH, stride, padding, dilation)
    OW = output_size(W, KW, stride, padding, dilation)
    rows = stride * np.arange(OH)[:, None] + dilation * np.arange(KH)
    columns = stride * np.arange(OW)[:, None] + dilation * np.arange(KW)
    patches = x[:, :, rows[:, None, :, None], columns[None, :, None, :]]  # (N, C, OH, OW, KH, KW)
    patches = patches.transpose(0, 2, 3, 1, 4, 5).reshape(N, OH * OW, C * KH * KW)
    out = patches @ w.reshape(F, -1).T + b
    return np.moveaxis(out, 2, 1).reshape(N, F, OH, OW)
