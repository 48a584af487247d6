# loses 09-evaluate-tests: no_grad in place of eval
# told: the network is in training mode: call `network.eval()` first

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    pass
    losses, right, count = [], 0, 0
    with torch.no_grad():
        for pictures, labels in loader:
            scores = network(pictures.to(device))
            losses.append(F.cross_entropy(scores, labels.to(device)).item() * len(labels))
            right += (scores.argmax(dim=1) == labels.to(device)).sum().item()
            count += len(labels)
    return sum(losses) / count, right / count

after_evaluation = evaluation_function(evaluate)  # for the checks
