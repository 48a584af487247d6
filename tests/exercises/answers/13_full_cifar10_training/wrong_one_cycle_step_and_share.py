# loses 13-one-cycle-tests: compares the number of the step with the share
# told: Compare `done` with the warm-up

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    rates = []
    for i in range(steps):
        done = i / steps
        if i < warm_up:
            rates.append(highest * done / warm_up)
        else:
            rates.append(highest * (1 - done) / (1 - warm_up))
    return rates
