# loses 13-one-cycle-tests: the same with Python's own numbers
# told: stopped with ZeroDivisionError

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    rates = []
    for i in range(steps):
        done = i / steps
        if done <= warm_up:
            rates.append(done / warm_up * highest)
        else:
            rates.append((1 - done) / (1 - warm_up) * highest)
    return rates
