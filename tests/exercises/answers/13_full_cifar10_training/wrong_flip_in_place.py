# loses 13-flip-tests: changes the pictures themselves
# told: changed what it was given

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    turn = first if epoch % 2 == 0 else ~first
    x[turn] = x[turn][..., ::-1]
    return x
