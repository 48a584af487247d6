# loses 11-augment-tests: all pictures are mirrored at once
# told: You mirrored all pictures; mirror only

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = x[..., ::-1] if mirrored.any() else x
    out = np.zeros(x.shape)
    for n in range(N):
        for i in range(H):
            for j in range(W):
                if 0 <= i - down[n] < H and 0 <= j - right[n] < W:
                    out[n, :, i, j] = z[n, :, i - down[n], j - right[n]]
    return out
