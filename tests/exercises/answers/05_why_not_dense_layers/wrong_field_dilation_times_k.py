# loses 05-receptive-field-tests: kernel size · dilation − 1
# told: subtract the 1 before you multiply

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    sizes, size, jump = [], 1, 1
    for k, s, d in zip(kernel_sizes, strides, dilations):
        size += (k * d - 1) * jump
        jump *= s
        sizes.append(size)
    return sizes
