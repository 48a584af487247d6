# loses 09-evaluate-tests: averages the accuracies
# told: You averaged the accuracy over the batches

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    network.eval()
    total, right, count = 0, 0, 0
    with torch.no_grad():
        for pictures, labels in loader:
            pictures, labels = pictures.to(device), labels.to(device)
            scores = network(pictures)
            total += F.cross_entropy(scores, labels, reduction="sum").item()
            right += (scores.argmax(dim=1) == labels).float().mean().item()
            count += len(labels)
    return total / count, right / len(loader)

after_evaluation = evaluation_function(evaluate)  # for the checks
