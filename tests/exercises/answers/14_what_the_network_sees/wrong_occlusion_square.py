# loses 14-occlusion-tests: takes every picture to be square
# told: the first difference is at

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    total, times = np.zeros(x.shape), np.zeros(x.shape)
    places = range(0, min(x.shape) - size + 1, stride)
    for i in places:
        for j in places:
            covered = x.astype(float)
            covered[i : i + size, j : j + size] = fill
            total[i : i + size, j : j + size] += score(x, w) - score(covered, w)
            times[i : i + size, j : j + size] += 1
    return total / np.maximum(times, 1)
