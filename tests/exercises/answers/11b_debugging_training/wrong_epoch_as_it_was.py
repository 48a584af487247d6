# loses 11b-epoch-tests: repairs nothing
# told: The gradients of an epoch's batches still pile up

# %% grade_id="11b-epoch"
def train_epoch(network, batches, optimiser):
    network.train()
    optimiser.zero_grad()
    total, count = 0.0, 0
    for x, y in batches:
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimiser.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


after_epochs = epochs_function(train_epoch)  # for the checks
