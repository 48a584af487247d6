# loses 03-output-size-tests: the division comes before the sum
# told: In output_size(

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    return size + 2 * padding - dilation * (kernel_size - 1) - 1 // stride + 1
