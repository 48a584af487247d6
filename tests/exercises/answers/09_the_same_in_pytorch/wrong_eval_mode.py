# loses 09-train-tests: forgets train()
# told: the network is in evaluation mode: call `network.train()` first

# %% grade_id="09-train"
def train_epoch(network, loader, optimiser, device="cpu"):
    pass
    total, right, count = 0, 0, 0
    for pictures, labels in loader:
        scores = network(pictures.to(device))
        loss = F.cross_entropy(scores, labels.to(device))
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        total += loss.item() * len(labels)
        right += (scores.argmax(dim=1) == labels.to(device)).sum().item()
        count += len(labels)
    return total / count, right / count

after_training = training_function(train_epoch)  # for the checks
