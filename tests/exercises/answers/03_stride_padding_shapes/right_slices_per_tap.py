# loses nothing: one strided slice per tap; own pad2d and a helper of part 3 inside conv2d

# %% grade_id="03-sizes"
from decimal import Decimal

sizes = [Decimal(28), Decimal("14.0"), 10, 5, 5 * 5 * 16]


# %% grade_id="03-unseen"
used = np.zeros((56, 56), bool)
used[::2, ::2] = True
unseen = np.count_nonzero(~used)

# %% grade_id="03-same-padding"
def output_size(size, kernel_size, stride, padding, dilation):
    return len(range(0, size + 2 * padding - dilation * (kernel_size - 1), stride))


def same_padding(size, kernel_size, stride, dilation):
    taken = dilation * (kernel_size - 1) - (size - 1) % stride
    after = int(np.ceil(max(taken, 0) / 2))
    return [max(taken, 0) - after, after]


# %% grade_id="03-pad2d"
def pad2d(x, padding):
    for axis, (before, after) in enumerate(padding, start=2):
        sides = []
        for rings in (before, after):
            shape = list(x.shape)
            shape[axis] = rings
            sides.append(np.zeros(shape))
        x = np.concatenate([sides[0], x, sides[1]], axis=axis)
    return x


# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    x = pad2d(x, ((padding, padding), (padding, padding)))
    OH, OW = (output_size(n, k, stride, 0, dilation) for n, k in zip(x.shape[2:], w.shape[2:]))
    out = 0
    for u, v in np.ndindex(w.shape[2:]):
        rows = dilation * u + stride * np.arange(OH)
        columns = dilation * v + stride * np.arange(OW)
        out = out + np.tensordot(x[:, :, rows][..., columns], w[:, :, u, v], axes=(1, 1))
    return (out + b).transpose(0, 3, 1, 2)
