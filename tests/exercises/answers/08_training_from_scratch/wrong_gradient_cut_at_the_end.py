# loses 08-cross-entropy-gradient-tests: the right numbers, stored in an array of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    out = np.empty(logits.shape, dtype=logits.dtype)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    for n, k in np.ndindex(logits.shape):
        out[n, k] = (p[n, k] - (y[n] == k)) / len(logits)
    return out
