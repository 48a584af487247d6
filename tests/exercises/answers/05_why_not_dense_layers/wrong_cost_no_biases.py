# loses 05-layer-costs-tests: the biases are forgotten
# told: The biases are missing

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * everything, outputs * everything],
        [outputs * window, outputs * window],
        [F * window, outputs * window],
    ]
