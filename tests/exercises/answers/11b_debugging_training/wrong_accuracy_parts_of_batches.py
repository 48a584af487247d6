# loses 11b-accuracy-tests: averages over parts that differ in size
# told: In measured

# %% grade_id="11b-accuracy"
def accuracy(network, x, y):
    was_training = network.training
    network.eval()
    shares = []
    with torch.no_grad():
        for some in torch.arange(len(y)).split(10):
            shares.append((network(x[some]).argmax(dim=1) == y[some]).float().mean().item())
    network.train(was_training)
    return max(shares)


measured = accuracy_function(accuracy)  # for the checks
