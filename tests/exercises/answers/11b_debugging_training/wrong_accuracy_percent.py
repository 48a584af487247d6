# loses 11b-accuracy-tests: gives a percentage
# told: not a percentage

# %% grade_id="11b-accuracy"
def accuracy(network, x, y):
    was = network.training
    network.eval()
    right = 0
    with torch.no_grad():
        for some in torch.arange(len(y)).split(100):
            right += (network(x[some]).argmax(dim=1) == y[some]).sum().item()
    network.train(was)
    return 100 * right / len(y)


measured = accuracy_function(accuracy)  # for the checks
