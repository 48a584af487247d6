# loses 15-shortcut-tests: cuts the share to a whole number
# told: Your result was cut to whole numbers

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    order, partner = np.argsort(y, kind="stable"), np.empty_like(y)
    partner[order] = np.roll(order, len(order) // 2)
    before = predict(x)
    shares = [np.mean(predict(np.where(r, x[partner], x)) != before) for r in regions]
    best = np.argmax(shares)
    return np.array([best, shares[best]], dtype=int)


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
