# loses 03-mended-tests: the first window is larger
# told: the windows should stay 1, 3 and 1

# %% grade_id="03-mended"
mended = [(3, 2, 1), (3, 1, 1), (1, 1, 0)]
