# loses 12-cost-tests: keeps the size of the input
# told: use the formula of lesson 03

# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    channels, height, width = shape
    rows = height
    columns = width
    per_output = channels // groups * kernel_size * kernel_size
    weights = filters * per_output
    return weights + filters * bias, rows * columns * weights, 4 * filters * rows * columns
