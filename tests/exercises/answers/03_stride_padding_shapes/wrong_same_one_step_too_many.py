# loses 03-same-padding-tests: the last window starts one step further
# told: You counted one step too many

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = -(-size // stride)
    total = max(0, outputs * stride + dilation * (kernel_size - 1) + 1 - size)
    return total // 2, total - total // 2
