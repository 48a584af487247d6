# loses 08-train-tests: stops as soon as one gradient is nearly 0
# told: the first difference is at

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v=0; w=w*1.0; k=0
    for e in order:
        for i in range(0,len(x),size):
            b=e[i:i+size]
            g=gradient(x[b],y[b],w)
            if np.abs(g).max()<1e-3: return w
            v = momentum*v + g
            w = w - rates[k]*v; k+=1
    return w
