# loses 03-same-padding-tests: halves as floats
# told: There are no half pixels

# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    total = dilation * (kernel_size - 1)
    return total / 2, total / 2
