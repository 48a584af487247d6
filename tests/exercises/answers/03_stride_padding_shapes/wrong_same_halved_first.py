# loses 03-same-padding-tests: stride and window are halved one by one
# told: In same_padding(

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    before = max(0, dilation * (kernel_size - 1) // 2)
    outputs = -(-size // stride)
    after = max(0, (outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size - before)
    return before, after
