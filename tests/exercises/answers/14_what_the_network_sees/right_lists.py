# loses nothing: lists, sorted and Python's own numbers

# %% grade_id="14-by-hand"
from fractions import Fraction

by_hand = [Fraction(1), 0, -2.0, True, np.int64(1), np.float32(0)]

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    H, W = x.shape
    before, found = score(x, w), [[[] for _ in range(W)] for _ in range(H)]
    for top in range(0, H - size + 1, stride):
        for left in range(0, W - size + 1, stride):
            rows = x.tolist()
            under = [(i, j) for i in range(top, top + size) for j in range(left, left + size)]
            for i, j in under:
                rows[i][j] = fill
            drop = float(before - score(np.array(rows), w))
            for i, j in under:
                found[i][j].append(drop)
    return [[sum(drops) / len(drops) if drops else 0 for drops in row] for row in found]

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    C, H, W = x.shape
    pixels, slopes = x.ravel().tolist(), [0] * x.size
    for row, bias, weight in zip(w1.tolist(), b1.tolist(), w2[target].tolist()):
        if sum(a * b for a, b in zip(row, pixels)) + bias > 0:
            slopes = [old + weight * a for old, a in zip(slopes, row)]
    sizes = [max(abs(s) for s in slopes[p :: H * W]) for p in range(H * W)]
    return [sizes[i * W : i * W + W] for i in range(H)]

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    F, h, w = maps.shape
    alpha = [sum(map(sum, each)) / (h * w) for each in gradients.tolist()]
    out = [[sum(alpha[k] * maps[k][i][j] for k in range(F)) for j in range(w)] for i in range(h)]
    return [[max(value, 0) for value in row] for row in out]

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    hot = sorted(((-heat[i, j], i, j) for i, j in np.ndindex(heat.shape)))
    pictures = []
    for count in counts:
        picture = x.tolist()
        for _, i, j in hot[:count]:
            for channel in picture:
                channel[i][j] = fill
        pictures.append(picture)
    return pictures
