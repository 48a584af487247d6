# loses 05-conv-cost-tests: the multiply-adds forget the channels
# told: The channels are missing in the multiply-adds

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    return [F * (C * KH * KW + 1), outputs * KH * KW]
