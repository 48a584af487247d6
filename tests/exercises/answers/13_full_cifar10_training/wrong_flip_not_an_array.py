# loses 13-flip-tests: asks Python's `not` of an array
# told: you gave a whole array

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    turn = first if epoch % 2 == 0 else not first
    return np.where(turn[:, None, None, None], x[..., ::-1], x)
