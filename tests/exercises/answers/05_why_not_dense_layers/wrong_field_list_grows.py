# loses 05-receptive-field-tests: the list of sizes lives on from call to call
# told: the answer has shape

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations, sizes=[]):
    size, jump = 1, 1
    for k, s, d in zip(kernel_sizes, strides, dilations):
        size, jump = size + (k - 1) * d * jump, jump * s
        sizes.append(size)
    return sizes
