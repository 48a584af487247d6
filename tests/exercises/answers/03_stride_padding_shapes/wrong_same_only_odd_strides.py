# loses 03-same-padding-tests: a size that the stride divides is taken for one that it doesn't
# told: In same_padding(

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    total = max(0, dilation * (kernel_size - 1) + 1 - size % stride)
    return total // 2, total - total // 2
