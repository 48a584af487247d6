# loses 15-shortcut-tests: a guess: the first region
# told: the first difference is at

# %% grade_id="15-shortcut"
def shortcut(predict, x, y, regions):
    return np.array([0, 0.85])


shortcut_as_numbers = shortcut_function(shortcut)  # for the checks
