# loses 14-find-fault-tests: found and left
# told: the weight is as it was

# %% grade_id="14-find-fault"
def find_fault(network, x, y, thing):
    weights = network.fc.weight.data

    def share(label):
        own = y == label
        heat = torch.stack([network_cam(network, picture, label) for picture in x[own]])
        return float(heat[thing[own]].sum() / heat.sum())

    worst = min(range(len(weights)), key=share)
    shares = []
    for channel in range(weights.shape[1]):
        kept = weights[worst, channel].item()
        weights[worst, channel] = 0
        shares.append(share(worst))
        weights[worst, channel] = kept
    fault = int(np.argmax(shares))
    return worst, fault


fault_as_numbers = fault_function(find_fault)  # for the checks
