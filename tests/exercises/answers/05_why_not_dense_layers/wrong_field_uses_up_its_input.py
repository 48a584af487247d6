# loses 05-receptive-field-tests: takes the lists that were given apart
# told: changed what it was given

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    size, jump, sizes = 1, 1, []
    while kernel_sizes:
        size += (kernel_sizes.pop(0) - 1) * dilations.pop(0) * jump
        jump *= strides.pop(0)
        sizes.append(size)
    return sizes
