# loses 11b-epoch-tests: goes backward from the sum
# told: You went backward from the sum

# %% grade_id="11b-epoch"
def train_epoch(network, batches, optimiser):
    network.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimiser.zero_grad()
        loss = F.cross_entropy(network(x), y, reduction="sum")
        loss.backward()
        optimiser.step()
        total += loss.item()
        count += len(y)
    return total / count


after_epochs = epochs_function(train_epoch)  # for the checks
