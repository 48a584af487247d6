# loses 13-one-cycle-tests: adds a little so as not to divide by 0
# told: the first difference is at

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    done = np.arange(steps) / steps
    return highest * np.minimum(done / (warm_up + 1e-8), (1 - done) / (1 - warm_up))
