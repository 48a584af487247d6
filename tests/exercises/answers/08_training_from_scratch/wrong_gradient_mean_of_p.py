# loses 08-cross-entropy-gradient-tests: divides p by N, and then subtracts 1
# told: You divide p by N, but not t

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    p = np.exp(logits - logits.max(1,keepdims=True)); p/=p.sum(1,keepdims=True)
    p /= len(y)
    p[np.arange(len(y)), y] -= 1
    return p
