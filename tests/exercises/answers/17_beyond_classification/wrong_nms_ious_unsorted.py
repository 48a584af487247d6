# loses 17-nms-tests: sorts the scores only
# told: You sorted the scores, but not the IoUs

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    order = np.argsort(-scores, kind="stable")
    kept = []
    for i in range(len(order)):
        if all(iou[i, j] <= threshold for j in kept):
            kept.append(i)
    return order[kept]
