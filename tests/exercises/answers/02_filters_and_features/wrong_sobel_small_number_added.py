# loses 02-sobel-magnitude-tests: a small number under the root, as for gradients
# told: the first difference is at

# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    across, down = x[:, 2:] - x[:, :-2], x[2:] - x[:-2]
    gx = across[:-2] + 2 * across[1:-1] + across[2:]
    gy = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    return np.sqrt(gx**2 + gy**2 + 1e-8)
