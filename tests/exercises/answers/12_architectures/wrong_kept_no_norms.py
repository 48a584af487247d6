# loses 12-kept-tests: forgets the norms
# told: A norm keeps its input

# %% grade_id="12-kept"
def kept_bytes(shape, layers):
    kept, is_kept = 0, False
    for kind, *sizes in layers:
        C, H, W = shape
        if kind not in ("relu", "norm") and not is_kept:
            kept += 4 * C * H * W
        if kind == "conv":
            filters, kernel_size, stride, padding = sizes
            OH = (H + 2 * padding - kernel_size) // stride + 1
            OW = (W + 2 * padding - kernel_size) // stride + 1
            shape = (filters, OH, OW)
        if kind == "max pool":
            shape = (C, H // sizes[0], W // sizes[0])
            kept += 8 * shape[0] * shape[1] * shape[2]
        is_kept = kind == "relu" or kind == "norm" and is_kept
        if kind == "relu":
            kept += 4 * C * H * W
    return kept
