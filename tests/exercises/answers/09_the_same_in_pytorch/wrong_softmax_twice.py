# loses 09-train-tests: softmax before cross-entropy
# told: There is a softmax before `cross_entropy`

# %% grade_id="09-train"
def train_epoch(network, loader, optimiser, device="cpu"):
    network.train()
    total, right, count = 0, 0, 0
    for pictures, labels in loader:
        scores = network(pictures.to(device))
        loss = F.cross_entropy(scores.softmax(dim=1), labels.to(device))
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        total += loss.item() * len(labels)
        right += (scores.argmax(dim=1) == labels.to(device)).sum().item()
        count += len(labels)
    return total / count, right / count

after_training = training_function(train_epoch)  # for the checks
