# loses 09-evaluate-tests: eval in place of no_grad
# told: autograd is recording

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    network.eval()
    losses, right, count = [], 0, 0
    with torch.enable_grad():
        for pictures, labels in loader:
            scores = network(pictures.to(device))
            losses.append(F.cross_entropy(scores, labels.to(device)).item() * len(labels))
            right += (scores.argmax(dim=1) == labels.to(device)).sum().item()
            count += len(labels)
    return sum(losses) / count, right / count

after_evaluation = evaluation_function(evaluate)  # for the checks
