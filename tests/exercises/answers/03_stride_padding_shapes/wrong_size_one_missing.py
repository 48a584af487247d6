# loses 03-output-size-tests: position 0 isn't counted
# told: One position is missing

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride
