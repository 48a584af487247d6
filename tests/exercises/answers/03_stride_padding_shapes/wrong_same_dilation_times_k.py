# loses 03-same-padding-tests: one gap too many
# told: Dilation times k is one gap too many

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + dilation * kernel_size - size)
    return total // 2, total - total // 2
