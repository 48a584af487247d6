# loses 05-receptive-field-tests: an array of floats
# told: In receptive_field([3, 2, 3], [1, 2, 1], [1, 1, 1]), the answer should be whole numbers

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    sizes = np.zeros(len(strides))
    size, jump = 1, 1
    for n, (k, s, d) in enumerate(zip(kernel_sizes, strides, dilations)):
        size, jump = size + (k - 1) * d * jump, jump * s
        sizes[n] = size
    return sizes
