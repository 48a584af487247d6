# loses 15-shortcut-tests: copies one channel
# told: not just the first

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    order, partner = np.argsort(y, kind="stable"), np.empty_like(y)
    partner[order] = np.roll(order, len(order) // 2)
    before, shares = predict(x), []
    for region in regions:
        changed = x.copy()
        changed[:, 0][:, region] = x[partner][:, 0][:, region]
        shares.append(np.mean(predict(changed) != before))
    best = np.argmax(shares)
    return np.array([best, shares[best]])


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
