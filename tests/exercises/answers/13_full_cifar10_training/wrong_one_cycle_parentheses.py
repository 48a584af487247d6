# loses 13-one-cycle-tests: writes the fall without parentheses
# told: Parentheses are missing in the fall

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    done = np.arange(steps) / steps
    rise = done / warm_up if warm_up > 0 else done
    return highest * np.where(done < warm_up, rise, 1 - done / (1 - warm_up))
