"""What tests and benchmarks share: a course to grade in, JupyterLab in a browser, measuring."""
