# loses 13-one-cycle-tests: adds up fractions of a step, one too many in the end
# told: the answer has shape (50,), expected (49,)

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    done = np.arange(0, 1, 1 / steps)
    if warm_up == 0:
        return highest * (1 - done)
    return highest * np.minimum(done / warm_up, (1 - done) / (1 - warm_up))
