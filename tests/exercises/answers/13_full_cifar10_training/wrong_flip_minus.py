# loses 13-flip-tests: writes a minus in front of a bool array
# told: stopped with TypeError

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    turn = first if epoch % 2 == 0 else -first
    return np.where(turn[:, None, None, None], x[..., ::-1], x)
