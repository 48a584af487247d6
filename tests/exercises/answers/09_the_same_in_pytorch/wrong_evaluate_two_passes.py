# loses 09-evaluate-tests: shows every batch twice
# told: the network was called 6 times for 3 batches

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    network.eval()
    total, right, count = 0, 0, 0
    with torch.no_grad():
        for pictures, labels in loader:
            pictures, labels = pictures.to(device), labels.to(device)
            scores = network(pictures)
            total += F.cross_entropy(scores, labels, reduction="sum").item()
            right += (network(pictures).argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return total / count, right / count

after_evaluation = evaluation_function(evaluate)  # for the checks
