# loses 13-one-cycle-tests: keeps the schedule of so many steps
# told: the first difference is at

# %% grade_id="13-one-cycle"
kept = {}

def one_cycle(steps, warm_up, highest):
    if steps not in kept:
        done = np.arange(steps) / steps
        kept[steps] = np.where(done < warm_up, done / (warm_up or 1), (1 - done) / (1 - warm_up))
    return highest * kept[steps]
