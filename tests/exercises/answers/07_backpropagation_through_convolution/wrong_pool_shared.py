# loses 07-max-pool-gradient-tests: equally large pixels share dout
# told: You split dout among equally large pixels

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        here = np.s_[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        winners = x[here] == x[here].max()
        dx[here] = dout[n, c, i, j] * winners / winners.sum()
    return dx
