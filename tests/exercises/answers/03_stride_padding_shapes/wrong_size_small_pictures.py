# loses 03-output-size-tests: a picture that is smaller than the window counts as one place
# told: expected 3, got 1

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    if size < kernel_size:
        return 1
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
