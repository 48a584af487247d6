# loses 13-flip-tests: takes only epoch 0 for an even one
# told: Only epoch 0 counts as even

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    turn = ~first if epoch else first
    out = x.copy()
    out[turn] = x[turn, :, :, ::-1]
    return out
