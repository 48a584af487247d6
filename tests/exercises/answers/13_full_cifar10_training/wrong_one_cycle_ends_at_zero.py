# loses 13-one-cycle-tests: lets the last step have the rate 0
# told: not i / (steps − 1)

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    done = np.linspace(0, 1, steps)
    rates = np.zeros(steps)
    for i, d in enumerate(done):
        rates[i] = highest * (d / warm_up if d < warm_up else (1 - d) / (1 - warm_up))
    return rates
