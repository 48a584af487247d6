# loses 07-max-pool-gradient-tests: the largest pixel in place of dout
# told: You put the largest pixel itself where dout belongs

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        k = window.argmax()
        dx[n, c, 2 * i + k // 2, 2 * j + k % 2] = window.max()
    return dx
