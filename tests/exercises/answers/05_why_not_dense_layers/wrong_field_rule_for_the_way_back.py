# loses 05-receptive-field-tests: the rule for the way back, used on the way out
# told: That rule goes from the last layer back to the first

# %% grade_id="05-receptive-field"
def receptive_field(ks, ss, ds):
    out=[]
    for n in range(1,len(ks)+1):
        size=1
        for k,s,d in zip(ks[:n],ss[:n],ds[:n]): size=(size-1)*s+(k-1)*d+1
        out.append(size)
    return out
