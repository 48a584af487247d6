# loses 07-max-pool-gradient-tests: looks for the largest number of the window in the whole channel
# told: You look for the largest number of a window in the whole channel

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        row, col = np.argwhere(x[n, c] == window.max())[0]
        dx[n, c, row, col] += dout[n, c, i, j]
    return dx
