# loses 13-flip-tests: doesn't look at the epoch
# told: You mirror the same pictures in every epoch

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    return np.array([picture[:, :, ::-1] if turn else picture for picture, turn in zip(x, first)])
