# loses 07-max-pool-gradient-tests: each of several equally large pixels gets everything
# told: you give each of them all of dout; only the first should get it

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        dx[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2] = dout[n, c, i, j] * (window == window.max())
    return dx
