# loses 11-augment-tests: down and right exchanged
# told: Rows and columns are swapped

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    down, right = right, down
    out = np.zeros(x.shape)
    for n in range(N):
        for i in range(H):
            for j in range(W):
                if 0 <= i - down[n] < H and 0 <= j - right[n] < W:
                    out[n, :, i, j] = z[n, :, i - down[n], j - right[n]]
    return out
