# loses 05-layer-costs-tests: a dense layer of F units, as in a comparison that isn't fair
# told: Your dense layer has F outputs

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [F * (everything + 1), F * everything],
        [outputs * (window + 1), outputs * window],
        [F * (window + 1), outputs * window],
    ]
