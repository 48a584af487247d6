# loses 17-nms-tests: marks what is done with the score 0
# told: the answer has shape

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    scores, kept = scores.copy(), []
    while (scores > 0).any():
        best = int(np.argmax(scores))
        kept.append(best)
        scores[iou[best] > threshold] = 0
        scores[best] = 0
    return kept
