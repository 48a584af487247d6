# loses nothing: other formulas

# %% grade_id="11-by-hand"
by_hand = np.array([40, 13, 19, 15, 6]) / 10

# %% grade_id="11-only-a"
only_a = np.array([[-4.5, 2, 0]]), 0, np.array([[0, 0.5, 0]]), True

# %% grade_id="11-only-b"
only_b = np.array([[1, 2], [3, 4]]), 0.1, np.full((2, 2), 0.4), True

# %% grade_id="11-only-c"
only_c = np.array([[0, 0], [0, 3]]), 0.5, np.array([[0.6, 0.8], [0.1, 0.3]]), True

# %% grade_id="11-only-d"
only_d = -np.eye(2), 0.9, np.full((2, 2), 0.9), False

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    kept = (u >= p).astype(float)
    return dout * kept / (1 - p) if training else dout.copy()

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    # every picture reads its own window of a padded one
    N, C, H, W = x.shape
    z = x.copy()
    z[mirrored] = z[mirrored][:, :, :, ::-1]
    z = np.pad(z, ((0, 0), (0, 0), (H, H), (W, W)))
    rows = H + np.arange(H) - down[:, None]
    columns = W + np.arange(W) - right[:, None]
    n, c = np.arange(N)[:, None, None, None], np.arange(C)[:, None, None]
    return z[n, c, rows[:, None, :, None], columns[:, None, None, :]]

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    return parameter * strength if parameter.ndim in (2, 4) else np.zeros_like(parameter)

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    bests = [0]
    for epoch in range(1, len(losses)):
        bests.append(epoch if losses[epoch] < losses[bests[-1]] - least else bests[-1])
    waited = np.arange(len(losses)) - bests
    last = int(np.argmax(waited >= patience)) if (waited >= patience).any() else len(losses) - 1
    return last + 1, bests[last] + 1

# %% grade_id="11-remedies"
remedies = [4.0, 5.0, 2.0, 3.0, 1.0]
