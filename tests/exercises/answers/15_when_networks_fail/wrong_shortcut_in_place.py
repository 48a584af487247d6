# loses 15-shortcut-tests: swaps in the picture that it was given
# told: changed what it was given

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    before = predict(x)
    zeros, ones = np.flatnonzero(y == 0), np.flatnonzero(y == 1)
    shares = []
    for region in regions:
        for a, b in zip(zeros, ones):
            kept = x[a].copy()
            x[a][:, region] = x[b][:, region]
            x[b][:, region] = kept[:, region]
        shares.append(np.mean(predict(x) != before))
    best = np.argmax(shares)
    return np.array([best, shares[best]])


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
