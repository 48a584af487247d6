# loses nothing: plain loops, one number at a time

# %% grade_id="13-by-hand"
by_hand = [(64 + 0 + 4 + 36) / 4 + (48 + 0 + 0 + 48) / 4, 1.4, 3, 14 / 16, 100, (2 + 2 + 2 + 6) / 4]

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    rates = [0.0] * steps
    for i in range(steps):
        if i < warm_up * steps:
            rates[i] = highest * i / (warm_up * steps)
        else:
            rates[i] = highest * (steps - i) / (steps - warm_up * steps)
    return rates

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    out = x.copy()
    for n in range(len(x)):
        turn = 0 if first[n] else 1
        if epoch % 2 == turn:
            for j in range(x.shape[3]):
                out[n, :, :, j] = x[n, :, :, -1 - j]
    return out

# %% grade_id="13-views"
def view_logits(x, w):
    N, C, H, W = x.shape

    def inside(place, size):
        if place < 0:
            return -place
        return 2 * (size - 1) - place if place >= size else place

    out = np.zeros((N, len(w)))
    for move, weight in ((0, 0.25), (-1, 0.125), (1, 0.125)):
        view = np.zeros(x.shape)
        for i in range(H):
            for j in range(W):
                view[:, :, i, j] = x[:, :, inside(i - move, H), inside(j - move, W)]
        out += weight * network(view, w) + weight * network(np.flip(view, 3), w)
    return out

# %% grade_id="13-errors"
def in_errors(results):
    S = len(results[0])
    means = [sum(row) / S for row in results]
    s2 = 0
    for row, mean in zip(results, means):
        s2 += sum((value - mean) ** 2 for value in row) / (S - 1) / len(results)
    return [(mean - means[0]) / (s2 / S + s2 / S) ** 0.5 for mean in means[1:]]
