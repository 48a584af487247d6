# loses 03-output-size-tests: the padding of one side is forgotten
# told: Padding goes on both sides

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    return (size + padding - dilation * (kernel_size - 1) - 1) // stride + 1
