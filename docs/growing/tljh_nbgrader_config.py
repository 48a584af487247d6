"""nbgrader on The Littlest JupyterHub: /opt/tljh/user/etc/jupyter/nbgrader_config.py."""

c = get_config()  # noqa: F821 (nbgrader provides it)

c.CourseDirectory.course_id = "cnnedu"
# Everybody writes to this folder (mode 777); a submission's owner says who handed in.
c.Exchange.root = "/srv/nbgrader/exchange"
