# loses 03-same-padding-tests: rounded up on both sides
# told: it is one pixel too many

# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    half = -(-dilation * (kernel_size - 1) // 2)
    return half, half
