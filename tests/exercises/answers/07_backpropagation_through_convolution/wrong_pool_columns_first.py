# loses 07-max-pool-gradient-tests: the first of equally large pixels, column by column
# told: you take the first column by column; go row by row

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        corners = [(2 * i + u, 2 * j + v) for v in range(2) for u in range(2)]
        values = [x[n, c, p, q] for p, q in corners]
        p, q = corners[values.index(max(values))]
        dx[n, c, p, q] = dout[n, c, i, j]
    return dx
