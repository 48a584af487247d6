# loses 12-cost-tests: counts one bias for all filters
# told: Each filter has a bias of its own

# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    channels, height, width = shape
    rows = (height + 2 * padding - kernel_size) // stride + 1
    columns = (width + 2 * padding - kernel_size) // stride + 1
    per_output = channels // groups * kernel_size * kernel_size
    weights = filters * per_output
    return weights + bias, rows * columns * weights, 4 * filters * rows * columns
