# loses 14-occlusion-tests: keeps a view of the patch, so the picture isn't restored
# told: changed what it was given

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    total, times, before = np.zeros(x.shape), np.zeros(x.shape), score(x, w)
    for i in range(0, x.shape[0] - size + 1, stride):
        for j in range(0, x.shape[1] - size + 1, stride):
            patch = x[i : i + size, j : j + size]
            kept = patch
            patch[:] = fill
            total[i : i + size, j : j + size] += before - score(x, w)
            times[i : i + size, j : j + size] += 1
            patch[:] = kept
    return total / np.maximum(times, 1)
