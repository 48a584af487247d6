# loses 15-shortcut-tests: the second copy takes what the first has overwritten
# told: Only class 0 was changed

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    before = predict(x)
    zeros, ones = np.flatnonzero(y == 0), np.flatnonzero(y == 1)
    shares = []
    for region in regions:
        changed = x.copy()
        for a, b in zip(zeros, ones):
            changed[a][:, region] = changed[b][:, region]
            changed[b][:, region] = changed[a][:, region]
        shares.append(np.mean(predict(changed) != before))
    best = np.argmax(shares)
    return np.array([best, shares[best]])


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
