# loses 03-same-padding-tests: the whole window in place of what it takes away
# told: In same_padding(4, 3), the first difference is at [0]: expected 4, got 5

# %% grade_id="03-same-padding"
def same_padding(kernel_size, dilation):
    reach = dilation * (kernel_size - 1) + 1
    return reach // 2, reach - reach // 2
