# loses 17-nms-tests: returns places in the sorted list
# told: places in the sorted list

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    order = np.argsort(-scores, kind="stable")
    iou, kept = iou[order][:, order], []
    for n in range(len(order)):
        if all(iou[n, k] <= threshold for k in kept):
            kept.append(n)
    return kept
