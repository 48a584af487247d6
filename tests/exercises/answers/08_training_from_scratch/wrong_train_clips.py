# loses 08-train-tests: keeps large gradients small
# told: the first difference is at

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v=0; w=w*1.0; k=0
    for e in order:
        for i in range(0,len(x),size):
            b=e[i:i+size]
            v = momentum*v + np.clip(gradient(x[b],y[b],w),-50,50)
            w = w - rates[k]*v; k+=1
    return w
