# loses 05-receptive-field-tests: dilation is ignored
# told: The dilation is missing

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    sizes, size, jump = [], 1, 1
    for k, s in zip(kernel_sizes, strides):
        size += (k - 1) * jump
        jump *= s
        sizes.append(size)
    return sizes
