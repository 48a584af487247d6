# Print HTML with colours, which become spans where a notebook is shown.
# ends: graded
# %%
import sys

print("\x1b[31m</pre><script>document.title = 1</script>\x1b[0m <img src=x onerror=alert(1)>")
print('\x1b[38;2;1;2;3"onclick="alert(1)m</span>', file=sys.stderr)
print("http://x.example/?<script>", "javascript:alert(1)", "https://x/\"onmouseover=\"alert(1)")
