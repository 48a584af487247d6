# loses 02-sobel-magnitude-tests: the map takes the picture's dtype
# told: Your result was cut to whole numbers

# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    Sx = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    out = np.zeros_like(x[2:, 2:])
    for i, j in np.ndindex(out.shape):
        window = x[i : i + 3, j : j + 3]
        out[i, j] = np.sqrt(np.sum(window * Sx) ** 2 + np.sum(window * Sx.T) ** 2)
    return out
