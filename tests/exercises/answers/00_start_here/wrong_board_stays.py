# loses 00-negative-tests: only chalk changes
# told: every pixel is 0 now

# %% grade_id="00-negative"
def negative(x):
    out = x.copy()
    out[x == 1] = 0
    return out
