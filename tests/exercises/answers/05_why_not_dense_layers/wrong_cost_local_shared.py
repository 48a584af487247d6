# loses 05-layer-costs-tests: the local layer's weights are shared
# told: yours are shared

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * (everything + 1), outputs * everything],
        [F * (window + 1), outputs * window],
        [F * (window + 1), outputs * window],
    ]
