# loses 11-augment-tests: mirrors along the rows' axis
# told: upside down

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = np.where(mirrored[:, None, None, None], x[:, :, ::-1], x)
    z = np.pad(z, ((0, 0), (0, 0), (H, H), (W, W)))
    return np.stack(
        [z[n, :, H - down[n] : 2 * H - down[n], W - right[n] : 2 * W - right[n]] for n in range(N)]
    )
