# loses 09-train-tests: clears the gradients once, before the loop
# told: `zero_grad` belongs inside the loop

# %% grade_id="09-train"
def train_epoch(network, loader, optimiser, device="cpu"):
    network.train(); optimiser.zero_grad()
    total, right, count = 0, 0, 0
    for pictures, labels in loader:
        scores = network(pictures.to(device))
        loss = F.cross_entropy(scores, labels.to(device))
        loss.backward(); optimiser.step()
        total += loss.item() * len(labels)
        right += (scores.argmax(dim=1) == labels.to(device)).sum().item()
        count += len(labels)
    return total / count, right / count

after_training = training_function(train_epoch)  # for the checks
