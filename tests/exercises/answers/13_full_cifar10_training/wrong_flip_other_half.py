# loses 13-flip-tests: lets the others begin
# told: You have it the other way round

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    out = x.copy()
    turn = first == (epoch % 2)
    out[turn] = out[turn][:, :, :, ::-1]
    return out
