# loses 14-occlusion-tests: forgets the patch that ends at the border
# told: The last patch is missing

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    total, times = np.zeros(x.shape), np.zeros(x.shape)
    before = score(x, w)
    for i in range(0, x.shape[0] - size, stride):
        for j in range(0, x.shape[1] - size, stride):
            covered = x.astype(float)
            covered[i : i + size, j : j + size] = fill
            total[i : i + size, j : j + size] += before - score(covered, w)
            times[i : i + size, j : j + size] += 1
    return np.divide(total, times, out=np.zeros(x.shape), where=times > 0)
