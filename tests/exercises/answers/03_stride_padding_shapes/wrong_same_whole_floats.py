# loses 03-same-padding-tests: right numbers, but floats
# told: the answer should be whole numbers

# %% grade_id="03-same-padding"
def same_padding(size, kernel_size, stride, dilation):
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + dilation * (kernel_size - 1) + 1 - size)
    return float(total // 2), float(total - total // 2)
