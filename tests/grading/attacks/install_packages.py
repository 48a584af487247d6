# Install what is missing.
# ends: graded
# %%
import subprocess
import sys

subprocess.run([sys.executable, "-m", "pip", "install", "--target", ".", "scipy"], capture_output=True)
!pip install scipy
%pip install scipy
