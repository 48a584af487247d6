# loses 02-only-c-tests: draft A adds the bias twice
# told: the bug of draft C shows, but that of draft A as well

# %% grade_id="02-only-c"
only_c = np.ones((2, 1, 1)), np.ones((2, 2, 1, 1)), [0, 3]
