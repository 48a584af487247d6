# loses 07-max-pool-gradient-tests: the array takes the dtype of a picture of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        k = np.argmax(window)
        dx[n, c, 2 * i + k // 2, 2 * j + k % 2] = dout[n, c, i, j]
    return dx
