# loses 05-layer-costs-tests: a float32 has seven digits
# told: the first difference is at

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = np.float32(F) * np.float32((H - KH + 1) * (W - KW + 1))
    everything, window = C * H * W, C * KH * KW
    dense, local = int(outputs * np.float32(everything)), int(outputs * np.float32(window))
    outputs = int(outputs)
    return [[dense + outputs, dense], [local + outputs, local], [F * (window + 1), local]]
