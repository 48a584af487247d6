# loses nothing: counts and lists; the padding is never built

# %% grade_id="03-sizes"
sizes = [28]
sizes += [sizes[0] // 2, sizes[0] // 2 - 4, (sizes[0] // 2 - 4) // 2]
sizes = tuple(np.array(sizes + [16 * sizes[3] * sizes[3]], dtype=np.float32))


# %% grade_id="03-unseen"
unseen = sum(i % 2 > 0 or j % 2 > 0 for i in range(56) for j in range(56))

# %% grade_id="03-mended"
mended = ((1, 1, 1), (3, 2, 0), (1, 1, 0))

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    wanted = len(range(0, size, stride))
    zeros = 0
    while len(range(0, size + zeros - dilation * (kernel_size - 1), stride)) < wanted:
        zeros += 1
    return [zeros // 2, (zeros + 1) // 2]


# %% grade_id="03-pad2d"
def pad2d(x, padding):
    (t, b), (l, r) = padding
    N, C, H, W = x.shape
    out = np.zeros((N, C, t + H + b, l + W + r), dtype=x.dtype)
    out[..., t : out.shape[2] - b, l : out.shape[3] - r] += x
    return out


# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    def output_size(size, kernel_size, stride, padding, dilation):
        def count(left):
            return 0 if left < 0 else 1 + count(left - stride)

        return count(size + 2 * padding - dilation * (kernel_size - 1) - 1)

    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    OH = output_size(H, KH, stride, padding, dilation)
    OW = output_size(W, KW, stride, padding, dilation)
    out = np.zeros((N, F, OH, OW)) + b.reshape(1, F, 1, 1)
    for i in range(OH):
        for u in range(KH):
            row = i * stride + u * dilation - padding
            if not 0 <= row < H:
                continue
            for j in range(OW):
                for v in range(KW):
                    column = j * stride + v * dilation - padding
                    if 0 <= column < W:
                        out[:, :, i, j] += x[:, :, row, column] @ w[:, :, u, v].T
    return out
