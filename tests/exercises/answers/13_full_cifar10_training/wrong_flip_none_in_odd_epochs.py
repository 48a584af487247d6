# loses 13-flip-tests: mirrors nothing in odd epochs
# told: In odd epochs you mirror none

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    out = x.copy()
    if epoch % 2 == 0:
        out[first] = x[first][..., ::-1]
    return out
