# loses 10-confident-mistakes-tests: sorts upwards and turns the list round
# told: turns equally confident ones round

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    order = np.argsort(p.max(axis=1), kind="stable")[::-1]
    return order[logits.argmax(axis=1)[order] != y[order]][:count]
