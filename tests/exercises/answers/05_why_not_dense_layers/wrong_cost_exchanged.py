# loses 05-conv-cost-tests: the multiply-adds come first
# told: The order is the other way round

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    weights = F * C * KH * KW
    return [weights * (H - KH + 1) * (W - KW + 1), weights + F]
