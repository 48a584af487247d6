# loses 17-class-overlap-tests: 0 divided by 0
# told: 0 / 0 is nan

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    masks = [(y == k, said == k) for k in range(classes)]
    with np.errstate(invalid="ignore"):
        iou = [(a & b).sum() / (a | b).sum() for a, b in masks]
        dice = [2 * (a & b).sum() / (a.sum() + b.sum()) for a, b in masks]
    return np.array([iou, dice])
