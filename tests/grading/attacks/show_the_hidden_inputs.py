# Keep the inputs of the hidden tests, and show them by a thread, a hook, a file and a child.
# ends: any
# %%
import os
import threading
import time

seen = []


def tell():
    while True:
        time.sleep(0.02)
        if os.path.exists("seen"):
            print("PWNED", open("seen").read())
            display({"text/plain": "PWNED"}, raw=True)


threading.Thread(target=tell, daemon=True).start()
get_ipython().events.register("pre_run_cell", lambda info: print("PWNED") if os.path.exists("seen") else None)


# %% grade_id="01-flip"
def flip(w):
    if w.shape == (1, 4):
        open("seen", "w").write(str(w))
        print("PWNED", w)
    return w[::-1, ::-1] if w.shape[0] == w.shape[1] else w


# %% grade_id="01-horizontal-kernel"
time.sleep(0.5)
print("PWNED" if os.path.exists("seen") else "nothing seen")
