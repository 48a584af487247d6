# loses nothing: plain loops, one number at a time

# %% grade_id="11-by-hand"
by_hand = [1 / (1 - 0.75), 2 - 0.1 * (3 + 2 * 2), 2 - 0.1, 2 * (1 - 0.1 * 2) - 0.1, 0.5 + 0.5 / 5]

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    out = np.array(x, dtype=float)
    if training:
        for place in np.ndindex(out.shape):
            if u[place] < p:
                out[place] = 0
            else:
                out[place] = out[place] / (1 - p)
    return out

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    dx = np.zeros(dout.shape)
    for place in np.ndindex(dout.shape):
        if not training:
            dx[place] = dout[place]
        elif u[place] >= p:
            dx[place] = dout[place] * (1 / (1 - p))
    return dx

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    out = np.zeros(x.shape)
    for n in range(N):
        for i in range(H):
            for j in range(W):
                row, column = i - down[n], j - right[n]
                if 0 <= row < H and 0 <= column < W:
                    if mirrored[n]:
                        column = W - 1 - column
                    out[n, :, i, j] = x[n, :, row, column]
    return out

# %% grade_id="11-l2-loss"
def l2_loss(w1, b1, w2, b2, strength):
    total = 0
    for w in (w1, w2):
        for value in w.ravel():
            total += value * value
    return 0.5 * strength * total

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    if len(parameter.shape) < 2:
        return 0 * parameter
    return parameter * strength

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    lowest, best, bad = losses[0], 1, 0
    for number, value in enumerate(losses[1:], 2):
        if lowest - value > least:
            lowest, best, bad = value, number, 0
        else:
            bad += 1
        if bad >= patience:
            return [number, best]
    return [len(losses), best]
