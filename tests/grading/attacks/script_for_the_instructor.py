# Show a script that runs in the instructor's browser.
# ends: graded
# %%
from IPython.display import HTML, Javascript, display

display(HTML("<script>PWNED</script>"), Javascript("PWNED"))
display({"text/html": "<img src=x onerror=PWNED>", "image/svg+xml": "<svg onload=PWNED>"}, raw=True)
