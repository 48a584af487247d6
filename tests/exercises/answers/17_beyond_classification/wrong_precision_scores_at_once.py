# loses 17-average-precision-tests: takes all detections above each score that occurs
# told: you take them all at once, or misses first

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    area, recall, best = 0, [0], [0]
    thresholds = sorted(set(scores.tolist()), reverse=True)
    for t in thresholds:
        above = scores >= t
        recall.append(hits[above].sum() / count)
        best.append(hits[above].mean())
    for n in range(1, len(best)):
        area += (recall[n] - recall[n - 1]) * max(best[n:])
    return area
