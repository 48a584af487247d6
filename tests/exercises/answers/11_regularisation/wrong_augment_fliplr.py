# loses 11-augment-tests: np.fliplr turns axis 1
# told: You reversed the channels

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = np.where(mirrored[:, None, None, None], np.fliplr(x), x)
    out = np.zeros(x.shape)
    for n in range(N):
        for i in range(H):
            for j in range(W):
                if 0 <= i - down[n] < H and 0 <= j - right[n] < W:
                    out[n, :, i, j] = z[n, :, i - down[n], j - right[n]]
    return out
