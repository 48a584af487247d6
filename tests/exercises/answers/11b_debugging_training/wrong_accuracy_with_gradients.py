# loses 11b-accuracy-tests: records gradients
# told: autograd is recording

# %% grade_id="11b-accuracy"
def accuracy(network, x, y):
    was_training = network.training
    network.eval()
    answers = network(x).argmax(dim=1)
    network.train(was_training)
    return (answers == y).float().mean().item()


measured = accuracy_function(accuracy)  # for the checks
