# loses 07-max-pool-gradient-tests: the search for the largest pixel begins at 0
# told: Windows without a number above 0 get nothing

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        largest, place = 0, None
        for u, v in np.ndindex(2, 2):
            if x[n, c, 2 * i + u, 2 * j + v] > largest:
                largest, place = x[n, c, 2 * i + u, 2 * j + v], (u, v)
        if place:
            dx[n, c, 2 * i + place[0], 2 * j + place[1]] = dout[n, c, i, j]
    return dx
