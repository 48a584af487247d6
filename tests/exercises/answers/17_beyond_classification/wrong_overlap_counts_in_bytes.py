# loses 17-class-overlap-tests: counts in the dtype of the masks
# told: the first difference is at

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    there, named, both = np.zeros((3, classes), dtype=y.dtype)
    np.add.at(there, y.ravel(), 1)
    np.add.at(named, said.ravel(), 1)
    np.add.at(both, y[y == said], 1)
    total = there.astype(float) + named
    iou = np.divide(both, total - both, out=np.ones(classes), where=total > 0)
    return np.array([iou, 2 * iou / (1 + iou)])
