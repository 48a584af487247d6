# loses nothing: masks, ranks and einsum

# %% grade_id="14-by-hand"
by_hand = (1, 0, -2, 1, 1, 0)

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    rows, columns = np.indices(x.shape)
    masks = []
    for top in np.arange(0, x.shape[0] - size + 1, stride):
        for left in np.arange(0, x.shape[1] - size + 1, stride):
            masks.append((rows - top >= 0) & (rows - top < size) & (columns - left >= 0) & (columns - left < size))
    masks = np.array(masks)
    drops = np.array([score(x, w) - score(np.where(mask, fill, x), w) for mask in masks])
    sums, counts = np.tensordot(drops, masks.astype(float), 1), masks.sum(axis=0)
    return np.where(counts > 0, sums / np.clip(counts, 1, None), 0)

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    step = np.heaviside(np.einsum("mp,p->m", w1, x.flatten()) + b1, 0)
    gradient = np.einsum("m,m,mp->p", w2[target], step, w1)
    return np.abs(gradient).reshape(x.shape[0], -1).max(axis=0).reshape(x.shape[1:])

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    F = len(maps)
    out = gradients.reshape(F, -1).mean(axis=1) @ maps.reshape(F, -1)
    return out.clip(min=0).reshape(maps.shape[1:])

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    rank = (-heat).ravel().argsort(kind="stable").argsort().reshape(heat.shape)
    covered = rank[None] < np.array(counts)[:, None, None]
    return np.where(covered[:, None], fill, x[None])
