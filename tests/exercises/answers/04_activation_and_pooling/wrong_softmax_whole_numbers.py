# loses 04-softmax-tests: the shares of whole scores are cut
# told: Your result was cut to whole numbers

# %% grade_id="04-softmax"
def softmax(logits):
    shares = np.zeros_like(logits)
    for n, row in enumerate(logits):
        powers = np.exp(row - row.max())
        shares[n] = powers / powers.sum()
    return shares
