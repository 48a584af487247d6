# loses 05-conv-cost-tests: divides with / and returns floats
# told: In conv_cost([3, 224, 224], [1000, 3, 3]), the answer should be whole numbers

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C, H, W = x_shape
    F, KH, KW = filters
    outputs = F * (H - KH + 1) * (W - KW + 1)
    parameters = F * C * KH * KW + F
    return [parameters, (parameters - F) / F * outputs]
