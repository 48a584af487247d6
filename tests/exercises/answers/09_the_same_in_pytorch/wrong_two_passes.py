# loses 09-train-tests: shows every batch twice
# told: the network was called 6 times for 3 batches

# %% grade_id="09-train"
def train_epoch(network, loader, optimiser, device="cpu"):
    network.train()
    total, right, count = 0, 0, 0
    for pictures, labels in loader:
        pictures, labels = pictures.to(device), labels.to(device)
        scores = network(pictures)
        loss = F.cross_entropy(scores, labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        total += loss.item() * len(labels)
        right += (network(pictures).argmax(dim=1) == labels).sum().item()
        count += len(labels)
    return total / count, right / count

after_training = training_function(train_epoch)  # for the checks
