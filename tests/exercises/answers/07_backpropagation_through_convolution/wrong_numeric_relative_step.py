# loses 07-numeric-gradient-tests: a larger step for larger weights
# told: expected

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    g = np.zeros(w.shape)
    for k in np.ndindex(w.shape):
        e = np.zeros(w.shape); e[k]=h*max(abs(w[k]),1)
        g[k] = (loss(x,w+e)-loss(x,w-e))/(2*e[k])
    return g
