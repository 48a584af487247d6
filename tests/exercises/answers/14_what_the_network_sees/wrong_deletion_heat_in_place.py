# loses 14-deletion-tests: crosses pixels out in the map that it got
# told: changed what it was given

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    out = []
    for count in counts:
        copy = x.astype(float)
        for _ in range(count):
            i, j = np.unravel_index(heat.argmax(), heat.shape)
            copy[:, i, j] = fill
            heat[i, j] = -np.inf
        out.append(copy)
    return out
