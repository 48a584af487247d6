# loses 11b-accuracy-tests: switches after measuring
# told: the network is in training mode

# %% grade_id="11b-accuracy"
def accuracy(network, x, y):
    was = network.training
    right = 0
    with torch.no_grad():
        for some in torch.arange(len(y)).split(100):
            right += (network(x[some]).argmax(dim=1) == y[some]).sum().item()
    network.eval()
    network.train(was)
    return right / len(y)


measured = accuracy_function(accuracy)  # for the checks
