# loses 17-nms-tests: sorts pairs of score and place
# told: Of equal scores, the earlier comes first

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    kept = []
    for n in [n for _, n in sorted(zip(scores, range(len(scores))), reverse=True)]:
        if all(iou[n, k] <= threshold for k in kept):
            kept.append(n)
    return kept
