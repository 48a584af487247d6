# loses 13-flip-tests: swaps two views, of which the second is overwritten already
# told: the first difference is at

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    out = x.copy()
    for n in range(len(x)):
        if first[n] == (epoch % 2 == 0):
            for j in range(x.shape[3] // 2):
                out[n, :, :, j], out[n, :, :, -1 - j] = out[n, :, :, -1 - j], out[n, :, :, j]
    return out
