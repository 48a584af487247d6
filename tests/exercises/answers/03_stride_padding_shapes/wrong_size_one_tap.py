# loses 03-output-size-tests: a window of one tap is given the width of a gap
# told: expected 4, got 3

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    reach = max(dilation, dilation * (kernel_size - 1) + 1)
    return (size + 2 * padding - reach) // stride + 1
