# loses 09-train-tests: averages over batches
# told: You averaged the loss over the batches

# %% grade_id="09-train"
def train_epoch(network, loader, optimiser, device="cpu"):
    network.train()
    total, right, count = 0, 0, 0
    for pictures, labels in loader:
        scores = network(pictures.to(device))
        loss = F.cross_entropy(scores, labels.to(device))
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        total += loss.item()
        right += (scores.argmax(dim=1) == labels.to(device)).sum().item()
        count += len(labels)
    return total / len(loader), right / count

after_training = training_function(train_epoch)  # for the checks
