# loses 10-confident-mistakes-tests: pairs sorted downwards, the places as well
# told: turns equally confident ones round

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    pairs = [(p[n].max(), n) for n in range(len(y)) if p[n].argmax() != y[n]]
    return [n for _, n in sorted(pairs, reverse=True)][:count]
