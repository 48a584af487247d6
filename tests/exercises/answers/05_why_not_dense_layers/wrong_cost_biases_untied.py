# loses 05-layer-costs-tests: a bias for each output of the convolution
# told: The outputs of a map of the convolution share their bias

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * (everything + 1), outputs * everything],
        [outputs * (window + 1), outputs * window],
        [F * window + outputs, outputs * window],
    ]
