# loses 17-nms-tests: turns a rising order round, and with it equal scores
# told: Of equal scores, the earlier comes first

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    kept = []
    for n in np.argsort(scores)[::-1]:
        if all(iou[n, k] <= threshold for k in kept):
            kept.append(n)
    return kept
