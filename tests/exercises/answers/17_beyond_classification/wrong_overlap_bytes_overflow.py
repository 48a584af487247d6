# loses 17-class-overlap-tests: numbers the pairs of classes in uint8
# told: is too large for a uint8

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    table = np.bincount((y * classes + said).ravel(), minlength=classes**2).reshape(classes, classes)
    both, total = np.diag(table), table.sum(axis=0) + table.sum(axis=1)
    iou = np.divide(both, total - both, out=np.ones(classes), where=total > 0)
    return np.array([iou, 2 * iou / (1 + iou)])
