# loses 05-conv-cost-tests: 32 bits are too few for a large layer
# told: In conv_cost([63, 301, 199], [513, 5, 3])

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = np.array(x_shape, dtype=np.int32)
    F, KH, KW = np.array(filters, dtype=np.int32)
    weights = F * C * KH * KW
    return [weights + F, weights * (H - KH + 1) * (W - KW + 1)]
