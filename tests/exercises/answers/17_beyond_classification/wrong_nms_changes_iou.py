# loses 17-nms-tests: writes into the IoUs that it is given
# told: changed what it was given

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    np.fill_diagonal(iou, 0)
    kept = []
    for n in np.argsort(-scores, kind="stable"):
        if not (iou[n, kept] > threshold).any():
            kept.append(n)
    return kept
