# loses 03-output-size-tests: twice k // 2, right for odd windows alone
# told: A window of even size isn't twice k // 2 plus one

# %% grade_id="03-output-size"
def output_size(size, kernel_size, stride, padding, dilation):
    half = dilation * (kernel_size // 2)
    return (size + 2 * padding - 2 * half - 1) // stride + 1
