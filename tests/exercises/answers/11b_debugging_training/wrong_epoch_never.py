# loses 11b-epoch-tests: takes zero_grad away
# told: the old ones, too

# %% grade_id="11b-epoch"
def train_epoch(network, batches, optimiser):
    network.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimiser.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


after_epochs = epochs_function(train_epoch)  # for the checks
