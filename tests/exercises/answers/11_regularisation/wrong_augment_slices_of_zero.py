# loses 11-augment-tests: a slice up to −0 is empty
# told: the first difference is at

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    z = np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    out = np.zeros(x.shape)
    for n in range(N):
        a, b = abs(down[n]), abs(right[n])
        part = z[n]
        part = part[:, : H - a] if down[n] > 0 else part[:, a:]
        part = part[:, :, :-b] if right[n] >= 0 else part[:, :, b:]
        top, left = max(down[n], 0), max(right[n], 0)
        out[n, :, top : top + part.shape[1], left : left + part.shape[2]] = part
    return out
