# loses 05-conv-cost-tests: counts multiplications and additions apart
# told: count as one multiply-add

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    C,H,W=x_shape; F,KH,KW=filters
    return [F*C*KH*KW+F, 2*F*C*KH*KW*(H-KH+1)*(W-KW+1)]
