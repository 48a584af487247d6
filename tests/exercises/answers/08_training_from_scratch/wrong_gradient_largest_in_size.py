# loses 08-cross-entropy-gradient-tests: subtracts the score that is largest in size
# told: You subtract too much from a row

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    p = np.exp(logits - abs(logits).max(1,keepdims=True)); p/=p.sum(1,keepdims=True)
    p[np.arange(len(y)),y]-=1
    return p/len(y)
