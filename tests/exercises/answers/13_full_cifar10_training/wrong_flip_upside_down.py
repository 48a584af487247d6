# loses 13-flip-tests: mirrors the rows
# told: your pictures are upside down

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    out = x.copy()
    for n in range(len(x)):
        if first[n] == (epoch % 2 == 0):
            out[n] = x[n, :, ::-1]
    return out
