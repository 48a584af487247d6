# loses 15-shortcut-tests: one partner for all
# told: gave all pictures of a class the same partner

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    other = x.copy()
    other[y == 0] = x[y == 1][0]
    other[y == 1] = x[y == 0][0]
    before = predict(x)
    shares = [np.mean(predict(np.where(r, other, x)) != before) for r in regions]
    best = np.argmax(shares)
    return np.array([best, shares[best]])


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
