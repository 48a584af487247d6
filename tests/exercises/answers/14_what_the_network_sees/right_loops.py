# loses nothing: plain loops, pixel by pixel

# %% grade_id="14-by-hand"
by_hand = np.array([1, 0, -2, 1, 1, 0.0])

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    H, W = x.shape
    drops = {}
    for top in range(0, H - size + 1, stride):
        for left in range(0, W - size + 1, stride):
            covered = [[fill if top <= i < top + size and left <= j < left + size else x[i, j] for j in range(W)] for i in range(H)]
            drops[top, left] = score(x, w) - score(np.array(covered), w)
    out = np.zeros((H, W))
    for i in range(H):
        for j in range(W):
            over = [d for (top, left), d in drops.items() if top <= i < top + size and left <= j < left + size]
            if over:
                out[i, j] = sum(over) / len(over)
    return out

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    gradient = np.zeros(x.size)
    for m in range(len(b1)):
        if sum(w1[m, p] * value for p, value in enumerate(x.ravel())) + b1[m] > 0:
            gradient += w2[target, m] * w1[m]
    C, H, W = x.shape
    return np.array([[max(abs(gradient[(c * H + i) * W + j]) for c in range(C)) for j in range(W)] for i in range(H)])

# %% grade_id="14-network-cam"
def network_cam(network, x, target):
    import copy

    twin = copy.deepcopy(network).eval()
    a = x[None]
    for name in ("conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4"):
        a = getattr(twin, name)(a)
    a = a.detach().requires_grad_()
    twin.fc(twin.avgpool(a).flatten(1))[0, target].backward()
    small = torch.zeros(a.shape[2:])
    for k in range(a.shape[1]):
        small += a.grad[0, k].mean() * a[0, k].detach()
    small[small < 0] = 0
    return F.interpolate(small[None, None], size=tuple(x.shape[1:]), mode="bilinear")[0, 0]


cam_as_numbers = cam_function(network_cam)  # for the checks

# %% grade_id="14-find-fault"
def find_fault(network, x, y, thing):
    def share(label):
        on, everywhere = 0.0, 0.0
        for n in range(len(x)):
            if int(y[n]) == label:
                heat = network_cam(network, x[n], label)
                everywhere += float(heat.sum())
                on += float((heat * thing[n]).sum())
        return on / everywhere

    classes, channels = network.fc.weight.shape
    worst, smallest = None, 2.0
    for label in range(classes):
        if share(label) < smallest:
            worst, smallest = label, share(label)
    fault, largest = None, -1.0
    for channel in range(channels):
        weights = network.fc.weight.detach().clone()
        with torch.no_grad():
            network.fc.weight[worst, channel] = 0
        if share(worst) > largest:
            fault, largest = channel, share(worst)
        with torch.no_grad():
            network.fc.weight.copy_(weights)
    with torch.no_grad():
        network.fc.weight[worst, fault] = 0.0
    return [worst, fault]


fault_as_numbers = fault_function(find_fault)  # for the checks
