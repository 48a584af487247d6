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

# %% grade_id="14-network-cam"
def network_cam(network, x, target):
    training = network.training
    network.eval()
    parts = list(network.children())
    front = torch.nn.Sequential(*parts[:-2])
    with torch.enable_grad():
        maps = front(x[None])
        logits = parts[-1](torch.flatten(parts[-2](maps), 1))
        slope = torch.autograd.grad(logits[:, target].sum(), maps)[0]
    if training:
        network.train()
    cam = torch.einsum("nk,nkhw->nhw", slope.mean((2, 3)), maps).clamp(min=0)
    return torch.nn.Upsample(tuple(x.shape[1:]), mode="bilinear")(cam[:, None])[0, 0].detach()


cam_as_numbers = cam_function(network_cam)  # for the checks

# %% grade_id="14-find-fault"
def find_fault(network, x, y, thing, place=0, best=(-1.0, None)):
    def share(net, label):
        pairs = [(network_cam(net, p, label), t) for p, t, k in zip(x, thing, y) if k == label]
        return sum(h[t].sum().item() for h, t in pairs) / sum(h.sum().item() for h, _ in pairs)

    import copy

    worst = sorted(range(len(network.fc.weight)), key=lambda label: share(network, label))[0]
    if place == network.fc.in_features:
        network.fc.weight.data[worst, best[1]] = 0
        return worst, best[1]
    trial = copy.deepcopy(network)
    trial.fc.weight.data[worst, place] = 0
    return find_fault(network, x, y, thing, place + 1, max(best, (share(trial, worst), place)))


fault_as_numbers = fault_function(find_fault)  # for the checks
