# loses 13-one-cycle-tests: makes float32 of the rates
# told: the first difference is at

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    done = np.arange(steps) / steps
    rates = np.where(done < warm_up, done / (warm_up or 1), (1 - done) / (1 - warm_up))
    return (highest * rates).astype(np.float32)
