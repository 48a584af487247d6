# loses 11-augment-tests: negative places count from the end
# told: the first difference is at

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    out = np.zeros(x.shape)
    for n in range(N):
        for i in range(H):
            for j in range(W):
                if -H <= i - down[n] and -W <= j - right[n] and i - down[n] < H and j - right[n] < W:
                    out[n, :, i, j] = z[n, :, i - down[n], j - right[n]]
    return out
