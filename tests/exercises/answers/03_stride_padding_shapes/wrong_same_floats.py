# loses 03-same-padding-tests: halves as floats
# told: There are no half pixels

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size)
    return total / 2, total / 2
