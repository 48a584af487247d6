# loses 08-cross-entropy-gradient-tests: as many classes as the largest right one says
# told: two arrays were combined whose shapes

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    one_hot = np.eye(y.max() + 1)[y]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True) - one_hot) / len(y)
