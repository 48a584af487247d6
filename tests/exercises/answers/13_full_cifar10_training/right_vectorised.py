# loses nothing: other formulas

# %% grade_id="13-by-hand"
by_hand = np.array([400, 11.2, 24, 7, 800, 24]) / 8

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    return highest * np.interp(np.arange(steps) / steps, [0, warm_up, 1], [0, 1, 0]) if warm_up else (
        np.linspace(highest, 0, steps, endpoint=False)
    )

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    out = x.copy()
    turn = first ^ bool(epoch & 1)
    out[turn] = out[turn][..., ::-1]
    return out

# %% grade_id="13-views"
def view_logits(x, w):
    # the weights mirrored see what the mirrored pictures show
    N, C, H, W = x.shape
    padded = np.pad(x, [(0, 0)] * 2 + [(1, 1)] * 2, mode="reflect")
    views = np.stack([padded[:, :, k : k + H, k : k + W] for k in (1, 2, 0)])
    both = np.stack([network(views.reshape(-1, C, H, W), v) for v in (w, w[..., ::-1])])
    return np.tensordot([0.5, 0.25, 0.25], both.mean(axis=0).reshape(3, N, -1), axes=1)

# %% grade_id="13-errors"
def in_errors(results):
    R, S = results.shape
    centred = results - results.mean(axis=1, keepdims=True)
    s2 = np.sum(centred**2) / (R * (S - 1))
    return np.diff(results, axis=0).cumsum(axis=0).mean(axis=1) * np.sqrt(S / 2 / s2)
