# loses 13-flip-tests: takes the first half for `first`
# told: the first difference is at

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    half = sum(first)
    out = x.copy()
    if epoch % 2 == 0:
        out[:half] = x[:half, :, :, ::-1]
    else:
        out[half:] = x[half:, :, :, ::-1]
    return out
