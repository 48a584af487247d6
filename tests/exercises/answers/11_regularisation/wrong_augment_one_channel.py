# loses 11-augment-tests: the first channel alone
# told: the first difference is at

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    out = np.zeros(x.shape)
    for n in range(N):
        for i in range(H):
            for j in range(W):
                if 0 <= i - down[n] < H and 0 <= j - right[n] < W:
                    out[n, 0, i, j] = z[n, 0, i - down[n], j - right[n]]
    return out
