# loses 05-conv-cost-tests: the work of one filter
# told: the multiply-adds of one map

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = (H - KH + 1) * (W - KW + 1)
    return [F * C * KH * KW + F, outputs * C * KH * KW]
