# loses 14-deletion-tests: sets the heat of covered pixels to 0, which isn't the smallest
# told: the first difference is at

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    out = []
    for count in counts:
        copy, left = x.astype(float), heat.copy()
        for _ in range(count):
            i, j = np.unravel_index(left.argmax(), left.shape)
            copy[:, i, j] = fill
            left[i, j] = 0
        out.append(copy)
    return out
