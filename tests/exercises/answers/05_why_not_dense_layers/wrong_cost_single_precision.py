# loses 05-conv-cost-tests: a float32 has seven digits
# told: the first difference is at

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    weights = np.float32(F * C * KH * KW)
    return [int(weights) + F, int(weights * np.float32((H - KH + 1) * (W - KW + 1)))]
