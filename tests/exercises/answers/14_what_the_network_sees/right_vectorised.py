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

# %% grade_id="14-network-cam"
def network_cam(network, x, target):
    # With average pooling and one dense layer, each α is the weight of the class, shared out.
    training, kept = network.training, {}
    hook = network.layer4.register_forward_hook(lambda m, i, o: kept.update(maps=o.detach()))
    with torch.no_grad():
        network.eval()(x[None])
    hook.remove()
    network.train(training)
    maps = kept["maps"][0]
    alpha = network.fc.weight[target].detach() / maps[0].numel()
    cam = torch.tensordot(alpha, maps, dims=1).relu()
    return F.interpolate(cam.reshape(1, 1, *cam.shape), size=x.shape[1:], mode="bilinear")[0, 0]


cam_as_numbers = cam_function(network_cam)  # for the checks

# %% grade_id="14-find-fault"
def find_fault(network, x, y, thing):
    weights = network.fc.weight.detach()
    with torch.no_grad():
        kept = []
        hook = network.layer4.register_forward_hook(lambda part, given, maps: kept.append(maps))
        network(x)
        hook.remove()
    maps = kept[0]

    def shares(rows, own):
        cams = torch.einsum("rk,nkhw->nrhw", rows, maps[own]).relu()
        heat = F.interpolate(cams, size=thing.shape[1:], mode="bilinear")
        return (heat * thing[own][:, None]).sum((0, 2, 3)) / heat.sum((0, 2, 3))

    worst = torch.stack([shares(row[None], y == k)[0] for k, row in enumerate(weights)]).argmin()
    rows = weights[worst] * (1 - torch.eye(weights.shape[1]))
    fault = shares(rows, y == worst).argmax()
    weights[worst, fault] = 0
    return torch.stack([worst, fault])


fault_as_numbers = fault_function(find_fault)  # for the checks
