# loses 17-average-precision-tests: sorts pairs of −score and hit, so that misses come first
# told: you take them all at once, or misses first

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    pairs = sorted(zip(-scores, hits))
    found, precisions, right = 0, [], []
    for n, (_, hit) in enumerate(pairs, start=1):
        found += hit
        precisions.append(found / n)
        right.append(hit)
    return sum(max(precisions[n:]) for n in range(len(right)) if right[n]) / count
