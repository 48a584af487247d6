# loses 02-sobel-magnitude-tests: a map as large as the picture
# told: You padded the picture with zeros

# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    x = np.pad(x, 1)
    across, down = x[:, 2:] - x[:, :-2], x[2:] - x[:-2]
    gx = across[:-2] + 2 * across[1:-1] + across[2:]
    gy = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    return np.hypot(gx, gy)
