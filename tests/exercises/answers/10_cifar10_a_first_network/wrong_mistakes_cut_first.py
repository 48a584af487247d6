# loses 10-confident-mistakes-tests: takes the most confident answers, then the wrong ones of them
# told: most confident answers and then

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    confidence = powers.max(axis=1) / powers.sum(axis=1)
    order = np.argsort(-confidence, kind="stable")[:count]
    return order[logits[order].argmax(axis=1) != y[order]]
