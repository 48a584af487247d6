# loses nothing: recursion, and one picture at a time

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    if len(y) == 0:
        return np.zeros((classes, classes), dtype=int)
    half = len(y) // 2
    if len(y) > 1:
        first = confusion_matrix(y[:half], said[:half], classes)
        return first + confusion_matrix(y[half:], said[half:], classes)
    matrix = np.zeros((classes, classes), dtype=int)
    matrix[y[0], said[0]] = 1
    return matrix

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    wrong = [n for n in range(len(y)) if np.argmax(logits[n]) != y[n]]

    def doubt(n):
        return np.exp(logits[n] - np.max(logits[n])).sum()

    def ordered(places):
        if len(places) < 2:
            return places
        left, right = ordered(places[: len(places) // 2]), ordered(places[len(places) // 2 :])
        out = []
        while left and right:
            out.append(left.pop(0) if doubt(left[0]) <= doubt(right[0]) else right.pop(0))
        return out + left + right

    return ordered(wrong)[:count]

# %% grade_id="10-choose"
def choose(right, validation, test, best=0, n=1):
    if n == len(right):
        return best, right[best][test].sum() / len(test)
    if right[n][validation].sum() > right[best][validation].sum():
        best = n
    return choose(right, validation, test, best, n + 1)
