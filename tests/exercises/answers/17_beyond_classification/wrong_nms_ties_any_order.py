# loses 17-nms-tests: leaves the order of equal scores to argsort
# told: Of equal scores, the earlier comes first

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    kept = []
    for n in np.argsort(-scores):
        if all(iou[n, k] <= threshold for k in kept):
            kept.append(n)
    return kept
