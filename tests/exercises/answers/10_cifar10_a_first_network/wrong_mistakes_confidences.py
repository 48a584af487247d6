# loses 10-confident-mistakes-tests: returns the confidences
# told: These are the confidences

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    return np.sort(p.max(axis=1)[p.argmax(axis=1) != y])[::-1][:count]
