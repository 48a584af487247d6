# loses 13-flip-tests: mirrors all pictures in odd epochs
# told: You mirror all pictures in the same epochs

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    return x[:, :, :, ::-1] if epoch % 2 == 1 else x
