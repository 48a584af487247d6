# loses 17-nms-tests: collects the places in an array of floats, which can't be used as places
# told: it holds floats

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    kept = np.empty(0)
    for i in np.argsort(-scores, kind="stable"):
        if all(iou[i, int(j)] <= threshold for j in kept):
            kept = np.append(kept, float(i))
    return kept
