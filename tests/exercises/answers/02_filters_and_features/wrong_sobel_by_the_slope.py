# loses 02-sobel-magnitude-tests: |gx| · √(1 + (gy/gx)²), and 0 where gx is 0
# told: the first difference is at

# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    smooth = x[:-2] + 2 * x[1:-1] + x[2:]
    gx = smooth[:, 2:] - smooth[:, :-2]
    smooth = x[:, :-2] + 2 * x[:, 1:-1] + x[:, 2:]
    gy = smooth[2:] - smooth[:-2]
    slope = gy / np.where(gx == 0, 1, gx)
    return abs(gx) * np.sqrt(1 + slope**2)
