# loses 05-layer-costs-tests: takes shared weights for shared multiplications
# told: Sharing saves parameters, not multiplications

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * (everything + 1), outputs * everything],
        [outputs * (window + 1), outputs * window],
        [F * (window + 1), F * window],
    ]
