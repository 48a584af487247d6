# loses 07-max-pool-gradient-tests: row and column of argmax are swapped
# told: Row and column inside the window are swapped

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        k = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].argmax()
        dx[n, c, 2 * i + k % 2, 2 * j + k // 2] = dout[n, c, i, j]
    return dx
