# loses 05-layer-costs-tests: H − KH outputs
# told: you left out the + 1

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH) * (W - KW)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * (everything + 1), outputs * everything],
        [outputs * (window + 1), outputs * window],
        [F * (window + 1), outputs * window],
    ]
