# Print and display texts that can't be written in UTF-8.
# ends: graded
# %%
import sys

print("half \udc80")
print("half \udc80", file=sys.stderr)
display({"text/plain": "half \udc80", "image/png": "\ud800"}, raw=True)
get_ipython().display_pub.publish({"text/plain": "\udcff", "\udcff": "x"}, {"\udcff": "\udcff"})
