# loses 09-evaluate-tests: freezes the weights and leaves them so
# told: leave its `requires_grad` alone

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    network.eval()
    total, right, count = 0, 0, 0
    network.requires_grad_(False)
    with torch.no_grad():
        for pictures, labels in loader:
            pictures, labels = pictures.to(device), labels.to(device)
            scores = network(pictures)
            total += F.cross_entropy(scores, labels, reduction="sum").item()
            right += (scores.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return total / count, right / count

after_evaluation = evaluation_function(evaluate)  # for the checks
