# loses 05-layer-costs-tests: KH beside W
# told: KH belongs to H and KW to W

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KW + 1) * (W - KH + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * (everything + 1), outputs * everything],
        [outputs * (window + 1), outputs * window],
        [F * (window + 1), outputs * window],
    ]
