# loses nothing: plain loops, one number at a time

# %% grade_id="11-by-hand"
by_hand = [1 / (1 - 0.75), 2 - 0.1 * (3 + 2 * 2), 2 - 0.1, 2 * (1 - 0.1 * 2) - 0.1, 0.5 + 0.5 / 5]

# %% grade_id="11-only-a"
only_a = [[1.0]], 0, [[0.0]], True

# %% grade_id="11-only-b"
only_b = [[1.0]], 0.5, [[0.75]], True

# %% grade_id="11-only-c"
only_c = [[0], [1]], 0.5, [[0.75], [0.25]], True

# %% grade_id="11-only-d"
only_d = [[1.0]], 0.5, [[0.75]], False

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

# %% grade_id="11-remedies"
remedies = (4, 5, 2, 3, 1)
