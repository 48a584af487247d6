# loses 14-find-fault-tests: never puts a weight back
# told: Put each back after you have tried

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
    fault = int(np.argmax(shares))
    weights[worst, fault] = 0
    return worst, fault


fault_as_numbers = fault_function(find_fault)  # for the checks
