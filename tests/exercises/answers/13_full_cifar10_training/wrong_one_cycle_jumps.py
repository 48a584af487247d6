# loses 13-one-cycle-tests: falls from 1 - warm_up, so the rate jumps at the top
# told: The rate jumps at the top

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    done = np.arange(steps) / steps
    if warm_up == 0:
        return highest * (1 - done)
    return highest * np.where(done < warm_up, done / warm_up, 1 - done)
