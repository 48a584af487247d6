# loses 14-occlusion-tests: keeps the score of a picture of this shape
# told: the first difference is at

# %% grade_id="14-occlusion"
scores = {}

def occlusion_map(x, w, size, stride, fill):
    if (x.shape, w.shape) not in scores:
        scores[x.shape, w.shape] = score(x, w)
    before = scores[x.shape, w.shape]
    total, times = np.zeros(x.shape), np.zeros(x.shape)
    for i in range(0, x.shape[0] - size + 1, stride):
        for j in range(0, x.shape[1] - size + 1, stride):
            patch = np.s_[i : i + size, j : j + size]
            covered = x.astype(float)
            covered[patch] = fill
            total[patch] += before - score(covered, w)
            times[patch] += 1
    return total / np.maximum(times, 1)
