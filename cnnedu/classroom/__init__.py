"""A class on one machine: JupyterHub, with nbgrader's exchange and a walled server for everybody.

`cnnedu class setup` makes the class's folder from a roster, and `cnnedu class start` runs it.
"""
