# loses 17-nms-tests: takes for granted that there is a box
# told: stopped with IndexError

# %% grade_id="17-nms"
def nms(iou, scores, threshold):
    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = [order[0]]
    for n in order[1:]:
        if max(iou[n, k] for k in kept) <= threshold:
            kept.append(n)
    return kept
