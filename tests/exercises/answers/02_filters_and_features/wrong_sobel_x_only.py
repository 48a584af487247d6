# loses 02-sobel-magnitude-tests: one direction
# told: That is

# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    across = x[:, 2:] - x[:, :-2]
    gx = across[:-2] + 2 * across[1:-1] + across[2:]
    return np.sqrt(gx**2)
