# loses 07-numeric-gradient-tests: two copies, in which all weights stay moved
# told: You don't put a weight back

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    g=np.zeros(w.shape); up=w.astype(float); down=w.astype(float)
    for k in np.ndindex(w.shape):
        up[k]+=h; down[k]-=h
        g[k]=(loss(x,up)-loss(x,down))/(2*h)
    return g
