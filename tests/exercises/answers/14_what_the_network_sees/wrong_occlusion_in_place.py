# loses 14-occlusion-tests: covers the picture itself, patch after patch
# told: changed what it was given

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    total, times = np.zeros(x.shape), np.zeros(x.shape)
    before = score(x, w)
    for i in range(0, x.shape[0] - size + 1, stride):
        for j in range(0, x.shape[1] - size + 1, stride):
            x[i : i + size, j : j + size] = fill
            total[i : i + size, j : j + size] += before - score(x, w)
            times[i : i + size, j : j + size] += 1
    return total / np.maximum(times, 1)
