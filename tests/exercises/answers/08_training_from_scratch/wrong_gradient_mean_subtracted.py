# loses 08-cross-entropy-gradient-tests: subtracts each row's mean, which isn't always enough
# told: the first difference is at

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    p = np.exp(logits - logits.mean(1,keepdims=True)); p/=p.sum(1,keepdims=True)
    p[np.arange(len(y)),y]-=1
    return p/len(y)
