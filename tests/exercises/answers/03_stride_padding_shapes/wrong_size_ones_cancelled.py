# loses 03-output-size-tests: −1 and +1 are left out together, right at stride 1
# told: The −1 and the +1 don't cancel

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1)) // stride
