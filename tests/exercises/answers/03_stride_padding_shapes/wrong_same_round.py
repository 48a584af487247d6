# loses 03-same-padding-tests: `round` of a half goes to the even number
# told: In same_padding(

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size)
    before = round(total / 2)
    return before, total - before
