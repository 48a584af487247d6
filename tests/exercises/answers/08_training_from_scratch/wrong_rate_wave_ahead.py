# loses 08-rate-tests: counts the steps of the wave from 1
# told: Your wave is one step ahead

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step < warm: return lr*(step+1)/warm
    return lr/2*(1+np.cos(np.pi*(step+1-warm)/(steps-warm)))
