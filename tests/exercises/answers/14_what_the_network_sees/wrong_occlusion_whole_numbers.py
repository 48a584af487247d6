# loses 14-occlusion-tests: collects the drops in an array of the picture's dtype
# told: stopped with

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    total, times = np.zeros_like(x), np.zeros_like(x)
    for i in range(0, x.shape[0] - size + 1, stride):
        for j in range(0, x.shape[1] - size + 1, stride):
            covered = np.array(x, dtype=float)
            covered[i : i + size, j : j + size] = fill
            total[i : i + size, j : j + size] += score(x, w) - score(covered, w)
            times[i : i + size, j : j + size] += 1
    return total / np.maximum(times, 1)
