# loses 02-only-c-tests: a picture alone
# told: write a tuple of three, (x, w, b)

# %% grade_id="02-only-c"
only_c = smiley()
