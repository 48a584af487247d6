# loses 11-augment-tests: mirrors in place
# told: changed what it was given

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    x[mirrored] = x[mirrored][..., ::-1]
    z = np.pad(x, ((0, 0), (0, 0), (H, H), (W, W)))
    return np.stack(
        [z[n, :, H - down[n] : 2 * H - down[n], W - right[n] : 2 * W - right[n]] for n in range(N)]
    )
