# loses 00-negative-tests: ink to paper, and all paper to ink, the new one as well
# told: every pixel is 1 now

# %% grade_id="00-negative"
def negative(x):
    out = x.copy()
    out[out == 1] = 0
    out[out == 0] = 1
    return out
