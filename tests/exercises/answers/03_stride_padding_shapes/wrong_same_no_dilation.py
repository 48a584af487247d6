# loses 03-same-padding-tests: the dilation is left out
# told: You left out the dilation: there are

# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    return (kernel_size - 1) // 2, kernel_size // 2
