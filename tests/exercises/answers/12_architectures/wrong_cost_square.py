# loses 12-cost-tests: takes every map to be square
# told: Height and width may differ

# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    channels, height, width = shape
    rows = (height + 2 * padding - kernel_size) // stride + 1
    columns = (height + 2 * padding - kernel_size) // stride + 1
    per_output = channels // groups * kernel_size * kernel_size
    weights = filters * per_output
    return weights + filters * int(bias), rows * columns * weights, 4 * filters * rows * columns
