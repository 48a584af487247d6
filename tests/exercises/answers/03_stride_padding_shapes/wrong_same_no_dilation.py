# loses 03-same-padding-tests: the dilation is left out
# told: You left out the dilation

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + (kernel_size - 1) + 1 - size)
    return total // 2, total - total // 2
