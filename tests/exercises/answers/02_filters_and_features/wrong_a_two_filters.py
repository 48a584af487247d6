# loses 02-only-a-tests: draft C goes on adding
# told: the bug of draft A shows, but that of draft C as well

# %% grade_id="02-only-a"
only_a = np.ones((2, 1, 1)), np.ones((2, 2, 1, 1)), np.ones(2)
