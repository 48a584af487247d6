# loses 14-occlusion-tests: gives the drop to the corner of the patch
# told: not to the top left one alone

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    out = np.zeros(x.shape)
    for i in range(0, x.shape[0] - size + 1, stride):
        for j in range(0, x.shape[1] - size + 1, stride):
            covered = x.astype(float)
            covered[i : i + size, j : j + size] = fill
            out[i, j] = score(x, w) - score(covered, w)
    return out
