# loses 17-nms-tests: begins with the lowest score
# told: You begin with the lowest score

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    kept = []
    for n in np.argsort(scores):
        if all(iou[n, k] <= threshold for k in kept):
            kept.append(n)
    return kept
