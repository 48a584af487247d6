# loses 12-cost-tests: lets each filter see all channels
# told: Each filter sees the channels of its own group only

# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    channels, height, width = shape
    rows = (height + 2 * padding - kernel_size) // stride + 1
    columns = (width + 2 * padding - kernel_size) // stride + 1
    per_output = channels * kernel_size * kernel_size
    weights = filters * per_output
    return weights + filters * int(bias), rows * columns * weights, 4 * filters * rows * columns
