# loses 03-output-size-tests: one gap too many, right without dilation alone
# told: Dilation times k is one gap too many

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * kernel_size) // stride + 1
