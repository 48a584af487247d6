# Put HTML where the bytes of a picture are expected, and into the kinds and settings of outputs.
# ends: graded
# %%
evil = 'x" onerror="PWNED" x="'
for kind in ("image/png", "image/jpeg", "image/gif", "image/svg+xml", "application/pdf", 'image/png" onerror="PWNED'):
    display({kind: evil, "text/plain": "picture"}, metadata={kind: {"width": evil, "height": evil, "alt": evil}}, raw=True)

# %%
kinds = ["application/javascript", "text/html", "text/latex", "text/markdown", "application/vnd.jupyter.widget-view+json", "application/json", "text/x-mermaid", "application/vnd.plotly.v1+json"]
for kind in kinds:
    display({kind: "<script>PWNED</script>"}, raw=True)

# %%
display({"image/png": "iVBORw0KGgo=\" onload=\"PWNED\" <svg onload=PWNED>"}, raw=True)
