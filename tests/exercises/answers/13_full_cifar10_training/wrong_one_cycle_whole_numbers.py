# loses 13-one-cycle-tests: keeps the dtype of a whole highest rate
# told: cut to whole numbers

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    rates = np.full(steps, highest)
    for i in range(steps):
        done = i / steps
        rates[i] = highest * (done / warm_up if done < warm_up else (1 - done) / (1 - warm_up))
    return rates
