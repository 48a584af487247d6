# loses 17-box-iou-tests: cuts the boxes to whole pixels
# told: Boxes may hold fractions

# %% grade_id="17-box-iou"
def box_iou(a, b):
    a, b = a.astype(int), b.astype(int)
    size = np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2])
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    shared = size.clip(0).prod(axis=2)
    return shared / (area(a)[:, None] + area(b) - shared)
