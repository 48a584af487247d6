# loses 15-shortcut-tests: looks at the pictures alone: where the classes differ most
# told: the first difference is at

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    gap = np.abs(x[y == 1].mean(axis=0) - x[y == 0].mean(axis=0)).mean(axis=0)
    best = np.argmax([gap[region].mean() for region in regions])
    other = np.empty_like(x)
    other[y == 0], other[y == 1] = x[y == 1], x[y == 0]
    return np.array([best, np.mean(predict(np.where(regions[best], other, x)) != predict(x))])


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
