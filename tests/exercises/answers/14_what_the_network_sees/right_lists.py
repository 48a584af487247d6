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

# %% grade_id="14-network-cam"
def network_cam(network, x, target):
    maps, gradients = [], []

    def keep(module, inputs, output):
        maps.append(output)
        output.register_hook(gradients.append)

    mode = network.training
    network.train(False)
    handle = network.layer4.register_forward_hook(keep)
    try:
        network(x.unsqueeze(0))[0][target].backward()
    finally:
        handle.remove()
        network.train(mode)
    cam = sum(g.mean() * a for g, a in zip(gradients[0][0], maps[0][0]))
    return F.interpolate(F.relu(cam)[None, None], tuple(x.shape[-2:]), mode="bilinear").squeeze()


cam_as_numbers = cam_function(network_cam)  # for the checks

# %% grade_id="14-find-fault"
def find_fault(network, x, y, thing):
    labels = sorted({int(label) for label in y})
    weights = network.fc.weight.data

    def share(label):
        found = []
        for picture, disk, own in zip(x, thing, y):
            if own == label:
                heat = network_cam(network, picture, label).detach().numpy()
                found.append((heat[disk.numpy()].sum(), heat.sum()))
        return sum(on for on, _ in found) / sum(all_ for _, all_ in found)

    shares = [share(label) for label in labels]
    worst = labels[shares.index(min(shares))]
    tried = []
    for channel, weight in enumerate(weights[worst].tolist()):
        weights[worst, channel] = 0
        tried.append(share(worst))
        weights[worst, channel] = weight
    fault = tried.index(max(tried))
    weights[worst, fault] *= 0
    return np.array([worst, fault])


fault_as_numbers = fault_function(find_fault)  # for the checks
