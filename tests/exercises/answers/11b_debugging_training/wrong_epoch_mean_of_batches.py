# loses 11b-epoch-tests: averages over the batches
# told: the last one is smaller

# %% grade_id="11b-epoch"
def train_epoch(network, batches, optimiser):
    network.train()
    losses = []
    for x, y in batches:
        optimiser.zero_grad()
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return np.mean(losses)


after_epochs = epochs_function(train_epoch)  # for the checks
