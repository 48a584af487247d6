# loses 13-one-cycle-tests: gives the warm-up a whole number of steps
# told: The warm-up need not end at a whole step

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    up = int(steps * warm_up)
    rates = np.empty(steps)
    rates[:up] = highest * np.arange(up) / max(up, 1)
    rates[up:] = highest * np.arange(steps - up, 0, -1) / (steps - up)
    return rates
