# loses 03-output-size-tests: the reach is one pixel short
# told: The −1 in the numerator is missing

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    reach = dilation * (kernel_size - 1)
    return (size + 2 * padding - reach) // stride + 1
