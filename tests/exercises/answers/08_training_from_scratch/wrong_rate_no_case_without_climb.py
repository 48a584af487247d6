# loses 08-rate-tests: divides by `warm` also where there is no climb
# told: division by zero

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    climb = min(1, (step + 1) / warm)
    wave = (1 + np.cos(np.pi * max(0, step - warm) / (steps - warm))) / 2
    return lr * climb * wave
