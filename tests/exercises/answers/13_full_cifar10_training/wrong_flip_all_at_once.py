# loses 13-flip-tests: mirrors all pictures in odd epochs

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    return x[:, :, :, ::-1] if epoch % 2 == 1 else x
