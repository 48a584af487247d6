# loses 08-rate-tests: never falls below a thousandth of lr
# told: expected

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step < warm: return lr*(step+1)/warm
    return max(lr/2*(1+np.cos(np.pi*(step-warm)/(steps-warm))), 1e-3*lr)
