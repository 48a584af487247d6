# loses 05-conv-cost-tests: right for square pictures and kernels alone
# told: In conv_cost([2, 9, 5], [4, 3, 2])

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, K, _ = filters
    return [F * (C * K * K + 1), F * C * K**2 * (H - K + 1) ** 2]
