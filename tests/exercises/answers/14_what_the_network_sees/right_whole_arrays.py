# loses nothing: whole arrays, einsum and sliding windows

# %% grade_id="14-by-hand"
from decimal import Decimal

by_hand = tuple(map(Decimal, (1, 0, -2, 1, 1, 0)))

# %% grade_id="14-occlusion"
from numpy.lib.stride_tricks import sliding_window_view

def occlusion_map(x, w, size, stride, fill):
    drops = np.array([], dtype=float)
    sums, times = np.zeros(x.shape), np.zeros(x.shape)
    over, count = (sliding_window_view(a, (size, size), writeable=True)[::stride, ::stride] for a in (sums, times))
    for i, j in np.ndindex(over.shape[:2]):
        covered = x * 1.0
        sliding_window_view(covered, (size, size), writeable=True)[i * stride, j * stride] = fill
        over[i, j] += score(x, w) - score(covered, w)
        count[i, j] += 1
    times[times == 0] = 1
    return sums / times

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    C, H, W = x.shape
    w1 = w1.reshape(-1, C, H, W)
    active = np.einsum("mchw,chw->m", w1, x) > -b1
    gradient = np.tensordot(w2[target][active], w1[active], axes=1)
    return np.maximum(gradient.max(axis=0), -gradient.min(axis=0))

# %% grade_id="14-network-cam"
def network_cam(network, x, target):
    found = {}
    was = network.training
    network.eval()
    forward = network.layer4.register_forward_hook(lambda m, i, o: found.__setitem__("a", o))
    score = network(x[None])[0, target]
    g = torch.autograd.grad(score, found["a"])[0]
    forward.remove()
    network.train(was)
    a, alpha = found["a"].detach().numpy()[0], g.numpy()[0].mean(axis=(1, 2))
    small = np.maximum(np.einsum("k,kij->ij", alpha, a), 0)
    big = F.interpolate(torch.from_numpy(small)[None, None], size=x.shape[1:], mode="bilinear")
    return big[0, 0]


cam_as_numbers = cam_function(network_cam)  # for the checks

# %% grade_id="14-find-fault"
def find_fault(network, x, y, thing):
    def share(k):
        own = (y == k).nonzero()[:, 0]
        heat = torch.cat([network_cam(network, x[n], int(k))[None] for n in own])
        return float(torch.where(thing[own], heat, 0).sum() / heat.sum())

    before = network.fc.weight.data.clone()
    worst = int(np.argmin([share(k) for k in range(len(before))]))
    shares = np.zeros(before.shape[1])
    for channel in range(len(shares)):
        network.fc.weight.data = before.clone()
        network.fc.weight.data[worst, channel] = 0
        shares[channel] = share(worst)
    before[worst, shares.argmax()] = 0
    network.fc.weight.data = before
    return worst, shares.argmax()


fault_as_numbers = fault_function(find_fault)  # for the checks
