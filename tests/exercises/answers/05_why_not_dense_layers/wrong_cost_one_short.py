# loses 05-conv-cost-tests: H − KH outputs
# told: you left out the + 1

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    return [F * (C * KH * KW + 1), F * C * KH * KW * (H - KH) * (W - KW)]
