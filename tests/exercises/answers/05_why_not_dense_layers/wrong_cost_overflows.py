# loses 05-layer-costs-tests: 32 bits are too few for a large layer
# told: layer_costs([3, 224, 224], [1000, 3, 3])

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    C, H, W, F, KH, KW = np.array([*x_shape, *filters], dtype=np.int32)
    outputs = F * (H - KH + 1) * (W - KW + 1)
    everything, window = C * H * W, C * KH * KW
    return [
        [outputs * (everything + 1), outputs * everything],
        [outputs * (window + 1), outputs * window],
        [F * (window + 1), outputs * window],
    ]
