# loses 03-output-size-tests: round for floor, right for 2.5 by luck
# told: `round` goes to the nearest whole number

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    return round((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1
