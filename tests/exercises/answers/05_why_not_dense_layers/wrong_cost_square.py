# loses 05-layer-costs-tests: right for square pictures and kernels alone
# told: In layer_costs([1, 2, 3], [1, 1, 2])

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) ** 2
    everything, window = C * H * H, C * KH * KH
    return [
        [outputs * (everything + 1), outputs * everything],
        [outputs * (window + 1), outputs * window],
        [F * (window + 1), outputs * window],
    ]
