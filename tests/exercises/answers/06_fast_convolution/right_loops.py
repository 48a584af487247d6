# loses nothing: plain loops, lists, one picture after the other

# %% grade_id="06-columns"
columns = np.array([[1, 2, 3, 5, 6, 7], [2, 3, 4, 6, 7, 8], [5, 6, 7, 9, 10, 11], [6, 7, 8, 10, 11, 12]], dtype=float)

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    numbers = np.arange(H * W).reshape(H, W)
    seen = []
    for i in range((H - KH) // stride + 1):
        for j in range((W - KW) // stride + 1):
            seen += numbers[i * stride : i * stride + KH, j * stride : j * stride + KW].ravel().tolist()
    return np.bincount(seen, minlength=H * W).reshape(H, W)

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    OW = (x.shape[3] + 2 * padding - KW) // stride + 1
    answers = []
    for columns in columns_of(x, (KH, KW), stride, padding):
        maps = [(weights.ravel() @ columns + bias).reshape(-1, OW) for weights, bias in zip(w, b)]
        answers.append(maps)
    return answers
