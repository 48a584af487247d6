# loses 05-layer-costs-tests: the outputs of one map
# told: Those are the outputs of one map

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * (everything + 1), outputs * everything],
        [outputs * (window + 1), outputs * window],
        [F * (window + 1), outputs * window],
    ]
