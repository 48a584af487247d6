# loses 12-kept-tests: adds up all outputs
# told: That is the memory of all outputs

# %% grade_id="12-kept"
def kept_bytes(shape, layers):
    total = 0
    for kind, *sizes in layers:
        C, H, W = shape
        if kind == "conv":
            filters, kernel_size, stride, padding = sizes
            shape = (filters, *((n + 2 * padding - kernel_size) // stride + 1 for n in (H, W)))
        elif kind == "max pool":
            shape = (C, H // sizes[0], W // sizes[0])
        total += 4 * shape[0] * shape[1] * shape[2]
    return total
