# loses 17-nms-tests: returns what is dropped
# told: not of those that are dropped

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    kept, gone = [], []
    for n in np.argsort(-scores, kind="stable"):
        (kept if all(iou[n, k] <= threshold for k in kept) else gone).append(n)
    return gone
