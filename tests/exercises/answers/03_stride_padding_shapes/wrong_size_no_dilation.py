# loses 03-output-size-tests: the usual formula without dilation
# told: You left out the dilation

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    return (size - kernel_size + 2 * padding) // stride + 1
