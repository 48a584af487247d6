# loses 05-receptive-field-tests: the jump is the stride of the layer before
# told: Your jump is the last layer's stride

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    sizes, size, jump = [], 1, 1
    for k, s, d in zip(kernel_sizes, strides, dilations):
        size += (k - 1) * d * jump
        jump = s
        sizes.append(size)
    return sizes
