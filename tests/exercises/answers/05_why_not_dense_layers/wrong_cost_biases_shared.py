# loses 05-layer-costs-tests: F biases in all layers
# told: Only in the convolutional layer do the outputs of a map share a bias

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * everything + F, outputs * everything],
        [outputs * window + F, outputs * window],
        [F * (window + 1), outputs * window],
    ]
