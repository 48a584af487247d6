# loses 17-box-iou-tests: Dice instead
# told: That is Dice

# %% grade_id="17-box-iou"
def box_iou(a, b):
    size = np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2])
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return 2 * size.clip(0).prod(axis=2) / (area(a)[:, None] + area(b))
