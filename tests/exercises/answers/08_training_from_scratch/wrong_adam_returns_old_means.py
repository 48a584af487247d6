# loses 08-adam-step-tests: the new means serve the step and are forgotten
# told: You return the old m and s

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, b1, b2, decay):
    m2 = b1*m+(1-b1)*g; s2 = b2*s+(1-b2)*g*g
    return (1-lr*decay)*w-lr*m2/(1-b1**t)/(np.sqrt(s2/(1-b2**t))+1e-8), m, s
