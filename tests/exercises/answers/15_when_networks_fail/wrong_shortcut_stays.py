# loses 15-shortcut-tests: regions add up
# told: still there when the next is tried

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    before = predict(x)
    zeros, ones = np.flatnonzero(y == 0), np.flatnonzero(y == 1)
    changed, shares = x.copy(), []
    for region in regions:
        for a, b in zip(zeros, ones):
            changed[a][:, region] = x[b][:, region]
            changed[b][:, region] = x[a][:, region]
        shares.append(np.mean(predict(changed) != before))
    best = np.argmax(shares)
    return np.array([best, shares[best]])


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
