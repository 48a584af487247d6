# loses 14-occlusion-tests: adds the drops up instead of taking their mean
# told: Those are sums

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    out = np.zeros(x.shape)
    for i in range(0, x.shape[0] - size + 1, stride):
        for j in range(0, x.shape[1] - size + 1, stride):
            covered = x.astype(float)
            covered[i : i + size, j : j + size] = fill
            out[i : i + size, j : j + size] += score(x, w) - score(covered, w)
    return out
