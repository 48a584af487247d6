# loses nothing: lists of lists, a progress bar

# %% grade_id="07-by-hand"
by_hand = [[3, -1], [2, -3, 1], [1]]
by_hand = sum(by_hand, [])

# %% grade_id="07-weight-gradient"
from tqdm import tqdm


def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    dout, x = dout.tolist(), x.tolist()
    return [
        [
            [
                [
                    sum(
                        dout[n][f][i][j] * x[n][c][i * stride + u][j * stride + v]
                        for n in range(N)
                        for i in range(OH)
                        for j in range(OW)
                    )
                    for v in range(KW)
                ]
                for u in range(KH)
            ]
            for c in range(len(x[0]))
        ]
        for f in tqdm(range(F), disable=F > 1)
    ]

# %% grade_id="07-input-gradient"
from collections import defaultdict


def input_gradient(dout, w, H, W, stride):
    shares = defaultdict(list)
    dout, w = dout.tolist(), w.tolist()
    for n, picture in enumerate(dout):
        for f, plane in enumerate(picture):
            for i, row in enumerate(plane):
                for j, d in enumerate(row):
                    for c, kernel in enumerate(w[f]):
                        for u, weights in enumerate(kernel):
                            for v, weight in enumerate(weights):
                                shares[n, c, i * stride + u, j * stride + v].append(d * weight)
    return [[[[sum(shares[n, c, p, q]) for q in range(W)] for p in range(H)] for c in range(len(w[0]))] for n in range(len(dout))]

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx = [[[[0] * x.shape[3] for _ in range(x.shape[2])] for _ in channels] for channels in x]
    for n, picture in enumerate(dout.tolist()):
        for c, plane in enumerate(picture):
            for i, row in enumerate(plane):
                for j, d in enumerate(row):
                    best = (2 * i, 2 * j)
                    for place in [(2 * i, 2 * j + 1), (2 * i + 1, 2 * j), (2 * i + 1, 2 * j + 1)]:
                        if x[n, c][place] > x[n, c][best]:
                            best = place
                    dx[n][c][best[0]][best[1]] = d
    return dx

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    rows = []
    for u, row in enumerate(w.tolist()):
        rows.append([])
        for v, weight in enumerate(row):
            losses = []
            for moved in (weight + h, weight - h):
                other = [list(r) for r in w.tolist()]
                other[u][v] = moved
                losses.append(loss(x, np.array(other)))
            rows[u].append((losses[0] - losses[1]) / (2 * h))
    return tuple(rows)
