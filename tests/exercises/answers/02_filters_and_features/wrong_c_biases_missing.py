# loses 02-only-c-tests: two filters, one bias
# told: 2 filters need as many biases, but b has 1

# %% grade_id="02-only-c"
only_c = [[[1]]], [[[[1]]], [[[1]]]], [0]
