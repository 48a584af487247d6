# loses 12-cost-tests: pads on one side
# told: The padding is on both sides

# %% grade_id="12-cost"
def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    channels, height, width = shape
    rows = (height + padding - kernel_size) // stride + 1
    columns = (width + padding - kernel_size) // stride + 1
    per_output = channels // groups * kernel_size * kernel_size
    weights = filters * per_output
    return weights + filters * bias, rows * columns * weights, 4 * filters * rows * columns
