# loses nothing: recursion and helper functions

# %% grade_id="14-by-hand"
ROW = np.array([1, 0, 3, 2])

def rises(x):
    return np.maximum(x[1:] - x[:-1], 0).sum()

def fall(place, value):
    return rises(ROW) - rises(np.where(np.arange(4) == place, value, ROW))

by_hand = [fall(2, 0), fall(3, 0), fall(2, 5), abs(0 - 1), max(0, 1 * 2 - 1 * 1), max(0, 1 * 0 - 1 * 4)]

# %% grade_id="14-occlusion"
def places(shape, size, stride, top=0, left=0):
    if top + size > shape[0]:
        return []
    if left + size > shape[1]:
        return places(shape, size, stride, top + stride)
    return [(top, left)] + places(shape, size, stride, top, left + stride)

def occlusion_map(x, w, size, stride, fill):
    mean, times = np.zeros(x.shape), np.zeros(x.shape, int)
    for top, left in places(x.shape, size, stride):
        covered = np.pad(np.full((size, size), float(fill)), ((top, x.shape[0] - top - size), (left, x.shape[1] - left - size)))
        patch = (slice(top, top + size), slice(left, left + size))
        beside = np.ones(x.shape)
        beside[patch] = 0
        times[patch] += 1
        mean[patch] += (score(x, w) - score(x * beside + covered, w) - mean[patch]) / times[patch]
    return mean

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target, channel=0):
    if channel == len(x):
        return np.zeros(x.shape[1:])
    step = (np.dot(w1, x.flatten()) + b1 > 0) * 1
    pixels = x[0].size
    mine = np.matmul(w2[target] * step, w1[:, channel * pixels : (channel + 1) * pixels])
    return np.maximum(np.abs(mine).reshape(x[0].shape), saliency(x, w1, b1, w2, target, channel + 1))

# %% grade_id="14-grad-cam"
def summed(maps, gradients):
    if len(maps) == 0:
        return 0
    return summed(maps[1:], gradients[1:]) + maps[0] * gradients[0].sum() / gradients[0].size

def grad_cam(maps, gradients):
    out = summed(maps, gradients)
    return (out + abs(out)) / 2

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    if not counts:
        return []
    order = np.argsort(heat.max() - heat.ravel(), kind="mergesort")
    cover = np.isin(np.arange(heat.size), order[: counts[0]]).reshape(heat.shape)
    return [np.where(cover, fill, x)] + deletion(x, heat, counts[1:], fill)
