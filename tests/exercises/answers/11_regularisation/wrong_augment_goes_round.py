# loses 11-augment-tests: np.roll lets pixels come in again on the other side
# told: comes in on the other

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    out = x.copy()
    out[mirrored] = out[mirrored][..., ::-1]
    for n in range(len(x)):
        out[n] = np.roll(out[n], (down[n], right[n]), axis=(1, 2))
    return out
