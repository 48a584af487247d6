# loses 03-same-padding-tests: all zeros on one side
# told: All the padding is on one side

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size)
    return 0, total
