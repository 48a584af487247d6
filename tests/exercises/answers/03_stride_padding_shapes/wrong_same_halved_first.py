# loses 03-same-padding-tests: halved before it is multiplied
# told: Multiply by the dilation first

# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    before = (kernel_size - 1) // 2
    return dilation * before, dilation * (kernel_size - 1 - before)
