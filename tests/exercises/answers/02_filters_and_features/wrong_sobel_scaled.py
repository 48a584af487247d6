# loses 02-sobel-magnitude-tests: the largest answer is made 1
# told: In sobel_magnitude(

# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    across, down = x[:, 2:] - x[:, :-2], x[2:] - x[:-2]
    gx = across[:-2] + 2 * across[1:-1] + across[2:]
    gy = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    m = np.hypot(gx, gy)
    return m / m.max()
