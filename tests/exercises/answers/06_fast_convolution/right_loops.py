# loses nothing: plain loops, lists, and a Fourier transform along one axis after the other

# %% grade_id="06-columns"
columns = np.array([[1, 2, 3, 5, 6, 7], [2, 3, 4, 6, 7, 8], [5, 6, 7, 9, 10, 11], [6, 7, 8, 10, 11, 12]], dtype=float)

# %% grade_id="06-im2col"
def im2col(x, KH, KW, stride):
    batch = []
    for picture in x:
        C, H, W = picture.shape
        found = []
        for i in range(0, H - KH + 1, stride):
            for j in range(0, W - KW + 1, stride):
                found.append([picture[c, i + u, j + v] for c in range(C) for u in range(KH) for v in range(KW)])
        batch.append(np.array(found).T)
    return np.array(batch)

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    OW = (x.shape[3] + 2 * padding - KW) // stride + 1
    answers = []
    for columns in columns_of(x, (KH, KW), stride, padding):
        maps = [(weights.ravel() @ columns + bias).reshape(-1, OW) for weights, bias in zip(w, b)]
        answers.append(maps)
    return answers

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    rows, columns = np.add(x.shape, w.shape) - 1
    def to(a):
        return np.fft.fft(np.fft.fft(a, rows, axis=0), columns, axis=1)
    return np.real(np.fft.ifft(np.fft.ifft(to(x) * to(w), axis=1), axis=0))
