# loses 05-conv-cost-tests: one bias for the whole layer
# told: You added one bias in all

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    weights = F * C * KH * KW
    return [weights + 1, weights * (H - KH + 1) * (W - KW + 1)]
