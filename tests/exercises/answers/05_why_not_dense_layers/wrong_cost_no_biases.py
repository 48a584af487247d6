# loses 05-conv-cost-tests: the biases are forgotten
# told: The biases are missing

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    return [F * C * KH * KW, outputs * C * KH * KW]
