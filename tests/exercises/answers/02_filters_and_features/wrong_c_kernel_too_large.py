# loses 02-only-c-tests: the kernel is larger than the picture
# told: a kernel of 2×2 doesn't fit in a picture of 1×1

# %% grade_id="02-only-c"
only_c = [[[1]]], np.ones((2, 1, 2, 2)), [0, 0]
