# loses 11-augment-tests: moves, then mirrors
# told: You shifted first and then mirrored

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = np.pad(x, ((0, 0), (0, 0), (H, H), (W, W)))
    out = np.stack(
        [z[n, :, H - down[n] : 2 * H - down[n], W - right[n] : 2 * W - right[n]] for n in range(N)]
    )
    return np.where(mirrored[:, None, None, None], out[..., ::-1], out)
