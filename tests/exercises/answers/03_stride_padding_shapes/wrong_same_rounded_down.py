# loses 03-same-padding-tests: the number of outputs is rounded down
# told: You rounded n / s down

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = size // stride
    total = max(0, (outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size)
    return total // 2, total - total // 2
