# loses 05-layer-costs-tests: divides with / and returns floats
# told: the answer should be whole numbers

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * (everything + 1), outputs * everything],
        [outputs * (window + 1), outputs * window],
        [outputs * (window + 1) / ((H - KH + 1) * (W - KW + 1)), outputs * window],
    ]
