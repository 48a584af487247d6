# loses 06-copies-tests: no end of the picture
# told: if the picture went on

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    def along(n, k):
        return [sum(1 for t in range(0, p + 1, stride) if p < t + k) for p in range(n)]

    return np.outer(along(H, KH), along(W, KW))
