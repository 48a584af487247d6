# loses 05-layer-costs-tests: the multiply-adds come first
# told: In each pair the parameters come first

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * everything, outputs * (everything + 1)],
        [outputs * window, outputs * (window + 1)],
        [outputs * window, F * (window + 1)],
    ]
