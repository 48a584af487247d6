# loses 08-adam-step-tests: no step where the gradient is 0, although the means go on
# told: the first difference is at

# %% grade_id="08-adam-step"
def adam_step(w, g, m, s, t, lr, b1, b2, decay):
    m2 = b1*m+(1-b1)*g; s2 = b2*s+(1-b2)*g*g
    w2 = (1-lr*decay)*w-lr*m2/(1-b1**t)/(np.sqrt(s2/(1-b2**t))+1e-8)
    z = g == 0
    return np.where(z,w,w2), np.where(z,m,m2), np.where(z,s,s2)
