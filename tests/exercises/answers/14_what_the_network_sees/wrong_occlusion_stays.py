# loses 14-occlusion-tests: covers one copy, patch after patch
# told: Your patches stay in the picture

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    covered = x.astype(float)
    total, times = np.zeros(x.shape), np.zeros(x.shape)
    for i in range(0, x.shape[0] - size + 1, stride):
        for j in range(0, x.shape[1] - size + 1, stride):
            covered[i : i + size, j : j + size] = fill
            total[i : i + size, j : j + size] += score(x, w) - score(covered, w)
            times[i : i + size, j : j + size] += 1
    return total / np.maximum(times, 1)
