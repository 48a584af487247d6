# loses 02-only-a-tests: everything at random shows all bugs
# told: the bug of draft A shows, but those of the others as well

# %% grade_id="02-only-a"
rng = np.random.default_rng(0)
only_a = rng.normal(size=(3, 5, 5)), rng.normal(size=(2, 3, 3, 3)), rng.normal(size=2)
