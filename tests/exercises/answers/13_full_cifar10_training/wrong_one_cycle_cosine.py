# loses 13-one-cycle-tests: falls along a cosine
# told: not along a cosine

# %% grade_id="13-one-cycle"
import math

def one_cycle(steps, warm_up, highest):
    rates = []
    for i in range(steps):
        done = i / steps
        if done < warm_up:
            rates.append(highest * done / warm_up)
        else:
            rates.append(highest * 0.5 * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up))))
    return rates
