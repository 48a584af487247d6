# loses nothing: seven loops over single numbers, sizes found by counting, results as lists

# %% grade_id="03-sizes"
sizes = (28.0, 14, 10, 5, 16 * 5 * 5)


# %% grade_id="03-unseen"
unseen = 0
for i in range(56):
    for j in range(56):
        if i % 2 == 1 or j % 2 == 1:
            unseen = unseen + 1

# %% grade_id="03-same-padding"
import math


def same_padding(size, kernel_size, stride, dilation):
    last = 0
    for start in range(0, size, stride):
        for tap in range(kernel_size):
            last = max(last, start + tap * dilation)
    total = max(0, last - (size - 1))
    return [math.floor(total / 2), math.ceil(total / 2)]


# %% grade_id="03-pad2d"
def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    result = []
    for picture in x:
        result.append([])
        for channel in picture:
            width = left + len(channel[0]) + right
            rows = [[0] * width for _ in range(top)]
            rows += [[0] * left + list(row) + [0] * right for row in channel]
            rows += [[0] * width for _ in range(bottom)]
            result[-1].append(rows)
    return result


# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    out = []
    for n in range(N):
        out.append([])
        for f in range(F):
            out[n].append([])
            for top in range(-padding, H + padding - dilation * (KH - 1), stride):
                row = []
                for left in range(-padding, W + padding - dilation * (KW - 1), stride):
                    total = float(b[f])
                    for c in range(C):
                        for u in range(KH):
                            for v in range(KW):
                                p, q = top + u * dilation, left + v * dilation
                                if 0 <= p < H and 0 <= q < W:
                                    total += x[n, c, p, q] * w[f, c, u, v]
                    row.append(total)
                out[n][f].append(row)
    return out
