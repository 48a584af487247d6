# loses 05-conv-cost-tests: as many outputs as pixels
# told: You counted H · W outputs per map

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    return [F * C * KH * KW + F, F * H * W * C * KH * KW]
