# loses 03-same-padding-tests: a window that is wider than the picture isn't padded
# told: In same_padding(

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size)
    if dilation * (kernel_size - 1) + 1 > size:
        total = 0
    return total // 2, total - total // 2
