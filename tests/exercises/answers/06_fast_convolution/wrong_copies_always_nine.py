# loses 06-copies-tests: as many copies everywhere
# told: You gave every pixel KH · KW copies

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    return KH * KW * np.ones((H, W))
