# loses 02-only-c-tests: numbers without end
# told: at most 1,000 numbers, each from −100 to 100

# %% grade_id="02-only-c"
only_c = [[[np.inf]]], [[[[1]]], [[[1]]]], [0, 0]
