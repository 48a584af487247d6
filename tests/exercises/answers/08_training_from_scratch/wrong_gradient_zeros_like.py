# loses 08-cross-entropy-gradient-tests: the result takes the dtype of scores that are whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    out = np.zeros_like(logits)
    for n in range(len(y)):
        powers = np.exp(logits[n] - logits[n].max())
        out[n] = powers / powers.sum()
        out[n, y[n]] = powers[y[n]] / powers.sum() - 1
        out[n] = out[n] / len(y)
    return out
