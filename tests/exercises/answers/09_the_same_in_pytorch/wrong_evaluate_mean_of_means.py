# loses 09-evaluate-tests: averages over batches
# told: weight each batch's loss by its number of pictures

# %% grade_id="09-evaluate"
def evaluate(network, loader, device="cpu"):
    network.eval()
    losses, right, count = [], 0, 0
    with torch.no_grad():
        for pictures, labels in loader:
            scores = network(pictures.to(device))
            losses.append(F.cross_entropy(scores, labels.to(device)).item() * 1)
            right += (scores.argmax(dim=1) == labels.to(device)).sum().item()
            count += len(labels)
    return sum(losses) / len(losses), right / count

after_evaluation = evaluation_function(evaluate)  # for the checks
