# loses 13-flip-tests: keeps whose turn it is for so many pictures
# told: the first difference is at

# %% grade_id="13-flip"
turns = {}

def flip_in_turns(x, first, epoch):
    key = len(x), epoch % 2
    if key not in turns:
        turns[key] = first if epoch % 2 == 0 else ~first
    return np.where(turns[key][:, None, None, None], x[..., ::-1], x)
