# loses 13-one-cycle-tests: counts the steps from 1
# told: Count steps from 0

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    rates = []
    for i in range(1, steps + 1):
        done = i / steps
        rates.append(highest * done / warm_up if done < warm_up else highest * (1 - done) / (1 - warm_up))
    return rates
