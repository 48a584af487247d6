# loses 05-conv-matrix-tests: remembers the place of each weight by its value
# told: the first difference is at

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    place = {float(v): k for k, v in np.ndenumerate(w)}
    M = []
    for i in range(H-KH+1):
        for j in range(W-KW+1):
            row = np.zeros((H,W))
            for v,(a,b) in place.items(): row[i+a,j+b]=v
            M.append(row.ravel())
    return np.array(M)
