# loses 14-occlusion-tests: lets patches hang over the border
# told: hang over the border

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    total, times = np.zeros(x.shape), np.zeros(x.shape)
    for i in range(0, x.shape[0], stride):
        for j in range(0, x.shape[1], stride):
            patch = np.s_[i : i + size, j : j + size]
            covered = x.astype(float)
            covered[patch] = fill
            total[patch] += score(x, w) - score(covered, w)
            times[patch] += 1
    return total / np.maximum(times, 1)
