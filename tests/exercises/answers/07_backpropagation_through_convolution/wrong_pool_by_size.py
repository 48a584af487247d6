# loses 07-max-pool-gradient-tests: the pixel that is largest in size
# told: largest in size

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        window = np.abs(x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2])
        row, col = np.unravel_index(window.argmax(), (2, 2))
        dx[n, c, 2 * i + row, 2 * j + col] = dout[n, c, i, j]
    return dx
