# loses 05-receptive-field-tests: the size before the first layer is in the list
# told: Your list begins with the size before the first layer

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    sizes, jump = [1], 1
    for n in range(len(kernel_sizes)):
        sizes.append(sizes[-1] + (kernel_sizes[n] - 1) * dilations[n] * jump)
        jump *= strides[n]
    return sizes
