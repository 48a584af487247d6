# loses 11b-epoch-tests: clears after the step only, and takes the first zero_grad away
# told: the network may come with old ones

# %% grade_id="11b-epoch"
def train_epoch(network, batches, optimiser):
    network.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


after_epochs = epochs_function(train_epoch)  # for the checks
