# loses 08-cross-entropy-gradient-tests: the axis of the maximum is lost
# told: two arrays were combined whose shapes

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    powers = np.exp(logits - logits.max(axis=1))
    p = powers / powers.sum(axis=1)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
