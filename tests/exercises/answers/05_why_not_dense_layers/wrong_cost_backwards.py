# loses 05-layer-costs-tests: from the convolution to the dense layer
# told: The order of the layers is

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [F * (window + 1), outputs * window],
        [outputs * (window + 1), outputs * window],
        [outputs * (everything + 1), outputs * everything],
    ]
