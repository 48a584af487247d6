# loses 05-layer-costs-tests: counts multiplications and additions apart
# told: count as one multiply-add

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * (everything + 1), 2 * outputs * everything],
        [outputs * (window + 1), 2 * outputs * window],
        [F * (window + 1), 2 * outputs * window],
    ]
