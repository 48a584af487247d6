# loses 05-receptive-field-tests: each layer adds its whole kernel
# told: Windows overlap: a layer adds (kernel size − 1) steps

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    sizes, size, jump = [], 1, 1
    for k, s, d in zip(kernel_sizes, strides, dilations):
        size += k * d * jump
        jump *= s
        sizes.append(size)
    return sizes
